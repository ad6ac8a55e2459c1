import { z } from "zod";

/** What a process reward model says, as its provider writes it into the text of its reply. */
const stepScoresSchema = z.object({
  /** One score in [0, 1] for each step, in order. */
  scores: z.array(z.number().min(0).max(1)),
});

/**
 * Reads the step scores in a process reward model's reply.
 *
 * @param steps how many steps it was shown
 * @returns the scores, or in one line what is wrong
 */
export function readStepScores(text: string, steps: number): { scores: number[] } | { wrong: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { wrong: "its reply is no JSON" };
  }
  const read = stepScoresSchema.safeParse(parsed);
  if (!read.success) return { wrong: "its reply holds no scores within 0 and 1" };
  const { scores } = read.data;
  if (scores.length !== steps) return { wrong: `it gave ${scores.length} scores for ${steps} steps` };
  return { scores };
}
