import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";
import { problemChoiceSchema } from "../eval/evaluation-request.ts";

/** What an experiment is asked to do, as its run keeps it. */
export const experimentRequestSchema = z.strictObject({
  /** The recipe's. */
  name: z.string().min(1),
  title: z.string().min(1),
  problems: problemChoiceSchema,
  /** Hash over the problems: a resumed run refuses others. */
  fingerprint: z.string(),
  samples: z.int().positive(),
  /** Most questions thought about at once, in each evaluation. */
  atOnce: z.int().positive(),
  cells: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        arm: z.string().min(1),
        model: z.string().min(1),
        group: z.string(),
        think: thinkRequestSchema,
      }),
    )
    .min(1),
});
export type ExperimentRequest = z.infer<typeof experimentRequestSchema>;
