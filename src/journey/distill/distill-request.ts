import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";
import { growRequestSchema } from "../grow/grow-request.ts";

/** What a distillation is asked to do, as its run keeps it. */
export const distillRequestSchema = z.strictObject({
  /** How the teacher is asked. */
  grow: growRequestSchema,
  /** Names of the rules that drop problems. */
  rules: z.array(z.string()),
  /** The folder of the data set, absolute. */
  out: z.string().min(1),
  /** Most right thoughts that are kept of a problem. */
  perProblem: z.int().positive(),
  /** Who rewrites thoughts to the format; absent to keep the teacher's own words. */
  writer: thinkRequestSchema.optional(),
  seed: z.int().nonnegative(),
});
export type DistillRequest = z.infer<typeof distillRequestSchema>;
