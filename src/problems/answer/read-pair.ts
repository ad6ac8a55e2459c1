import { z } from "zod";
import { messageOf } from "../../thought/errors.ts";
import { type GradeOptions, gradeOptionsSchema } from "./grade-options.ts";

const pairSchema = z.looseObject({
  gold: z.string(),
  pred: z.string(),
  options: gradeOptionsSchema.in.optional(),
});

/** One line of a file of pairs. */
export interface Pair {
  gold: string;
  pred: string;
  options: GradeOptions | undefined;
  /** All of the line, with columns that grading does not need. */
  record: Record<string, unknown>;
}

/** Reads `{"gold": ..., "pred": ..., "options": ...}`; for a line that is none, what is wrong with it. */
export function readPair(line: string): Pair | { mistake: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { mistake: `no JSON: ${messageOf(error)}` };
  }
  const parsed = pairSchema.safeParse(value);
  if (parsed.success) {
    const { gold, pred, options } = parsed.data;
    return { gold, pred, options, record: parsed.data };
  }
  const [first] = parsed.error.issues;
  return { mistake: `${first?.path.join(".") || "line"}: ${first?.message ?? "unreadable"}` };
}
