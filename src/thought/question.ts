import { z } from "zod";

/** One earlier turn of the conversation that a question belongs to. */
export const turnSchema = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.string(),
});
export type Turn = z.infer<typeof turnSchema>;

/**
 * What is asked, and nothing else. The reference answer and the grading live in `Problem`
 * (`problems/problem.ts`) and never reach a strategy.
 */
export const questionSchema = z.strictObject({
  /** Unique within a run. */
  id: z.string().min(1),
  /** The question itself, as the user wrote it. */
  text: z.string().min(1),
  /** The caller's system message; kept apart from the strategy's own instructions. */
  system: z.string().optional(),
  /** Earlier turns, oldest first. */
  turns: z.array(turnSchema).optional(),
});
export type Question = z.infer<typeof questionSchema>;
