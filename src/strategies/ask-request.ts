import { z } from "zod";
import { questionSchema } from "../thought/question.ts";
import { thinkRequestSchema } from "./think-request.ts";

/** What a run of one question is asked to do, as its log keeps it: whoever resumes the run reads it back. */
export const askRequestSchema = z.strictObject({
  question: questionSchema,
  think: thinkRequestSchema,
  /** The name of the rule that verifies answers, where the caller named one. */
  checker: z.string().optional(),
});
export type AskRequest = z.infer<typeof askRequestSchema>;
