import { z } from "zod";
import type { ThoughtLine } from "../dataset.ts";

/**
 * What a line of a human-written thought is. Nothing is left out because it seems obvious or went wrong (O1 Journey,
 * part 1): a trial that failed, a reflection, an association with something known, a correction, common sense made
 * explicit, a plain step, and the conclusion.
 */
const humanLineKinds = [
  "step",
  "trial",
  "reflection",
  "association",
  "correction",
  "common-sense",
  "conclusion",
] as const;

/** A thought as a person wrote it down, one JSON object a line. */
export const humanThoughtSchema = z.strictObject({
  id: z.string().min(1),
  question: z.string().min(1),
  /** The right answer, to which the thought has come. */
  answer: z.string().min(1),
  /** Who wrote it. */
  author: z.string().min(1).optional(),
  /** ISO 8601. */
  writtenAt: z.iso.datetime({ offset: true }).optional(),
  thought: z.array(z.strictObject({ kind: z.enum(humanLineKinds), text: z.string().trim().min(1) })).min(1),
});
export type HumanThought = z.infer<typeof humanThoughtSchema>;

/** The line of a data set that a human-written thought makes as it stands. */
export function humanLine({ id, question, answer, author, thought }: HumanThought): ThoughtLine {
  return {
    ...{ id, question, thought: thought.map(({ text }) => text), answer, kind: "human" },
    source: { question: id },
    wording: author ?? "human",
  };
}
