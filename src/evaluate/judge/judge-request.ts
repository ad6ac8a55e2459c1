import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";
import { problemChoiceSchema } from "../eval/evaluation-request.ts";

/** What a judge run is asked to do, as its run keeps it. */
export const judgeRequestSchema = z.strictObject({
  /** Whose recorded solutions. */
  problems: problemChoiceSchema,
  /** Hash over the solutions and their labels: a resumed run refuses others. */
  fingerprint: z.string(),
  /** Names the reward, among the settings, and its models. */
  think: thinkRequestSchema,
  /** Most solutions judged at once. */
  atOnce: z.int().positive(),
  /** A step is called right above it. */
  threshold: z.number(),
});
export type JudgeRequest = z.infer<typeof judgeRequestSchema>;
