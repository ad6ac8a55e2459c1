import { z } from "zod";
import { problemChoiceSchema } from "../../evaluate/eval/evaluation-request.ts";
import { thinkRequestSchema } from "../../strategies/think-request.ts";

/** What growing trees is asked to do, as its run keeps it. */
export const growRequestSchema = z.strictObject({
  problems: problemChoiceSchema,
  /** Hash over ids, texts and golds of the problems: a resumed run refuses others. */
  fingerprint: z.string(),
  think: thinkRequestSchema,
  /** Whole thoughts from each open step of a grown tree. */
  completions: z.int().nonnegative(),
  /** Whether the strategy is told when its answer misses the reference. */
  toldMisses: z.boolean().default(false),
  /** Most trees grown at once. */
  atOnce: z.int().positive(),
  /** The checker's name, where a rule scores or stops thoughts. */
  checker: z.string().optional(),
});
export type GrowRequest = z.infer<typeof growRequestSchema>;
