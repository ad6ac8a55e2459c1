import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError, messageOf } from "../thought/errors.ts";

/** A question, how to think about it, and its answer: a line to imitate. More columns may stand beside them. */
export const thoughtSchema = z.object({
  question: z.string().min(1),
  /** One step a line; none of them for an answer without thinking. */
  thought: z.array(z.string()),
  answer: z.string().min(1),
});

/** A parsed line to imitate, see {@link thoughtSchema}. */
export type Thought = z.infer<typeof thoughtSchema>;

const attemptSchema = z.object({ thought: z.array(z.string()), answer: z.string() });

/** A better and a worse thought about a question. */
export const preferenceSchema = z.object({
  question: z.string().min(1),
  chosen: attemptSchema,
  rejected: attemptSchema,
});

/** A parsed pair, see {@link preferenceSchema}. */
export type Preference = z.infer<typeof preferenceSchema>;

const share = z.number().min(0).max(1);

/** A thought with labels of its steps, each in [0, 1], as many as there are steps. */
export const labelledThoughtSchema = z
  .object({
    question: z.string().min(1),
    steps: z.array(z.string()).min(1),
    soft: z.array(share).optional(),
    hard: z.array(share).optional(),
    /** Whether the answer that the thought came to is right, where it came to one. */
    correct: z.boolean().optional(),
  })
  .refine(({ soft, hard }) => soft !== undefined || hard !== undefined, "soft or hard labels are missing")
  .refine(
    ({ steps, soft, hard }) =>
      [soft, hard].every((labels) => labels === undefined || labels.length === steps.length),
    "a label is needed for each step",
  );

/** A parsed labelled thought, see {@link labelledThoughtSchema}. */
export type LabelledThought = z.infer<typeof labelledThoughtSchema>;

/** A problem that an answer can be graded for. */
export const problemLineSchema = z.object({
  question: z.string().min(1),
  /** The reference answer. */
  answer: z.string().min(1),
  /** `gym` for problems that a gym family grades; any other source is graded by comparing answers. */
  source: z.string().default("file"),
  family: z.string().default(""),
});

/** A data set file: its lines, and a hash of its bytes. */
export interface DataFile<Line> {
  readonly lines: readonly Line[];
  readonly sha256: string;
}

/** Reads a JSONL file line by line; empty lines do not count. Throws {@link InputError} with the line that is wrong. */
export async function readData<Line>(path: string, schema: z.ZodType<Line>): Promise<DataFile<Line>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new InputError(`cannot read the data ${path}: ${messageOf(error)}`, error);
  }
  const lines: Line[] = [];
  for (const [index, text] of bytes.toString("utf8").split("\n").entries()) {
    if (text.trim() === "") continue;
    lines.push(readLine(text, schema, `${path}, line ${index + 1}`));
  }
  if (lines.length === 0) throw new InputError(`${path} holds no line to learn from: name another data file`);
  return { lines, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function readLine<Line>(text: string, schema: z.ZodType<Line>, place: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${place} is not JSON: ${messageOf(error)}`, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new InputError(`${place} is wrong at ${first?.path.join(".") || "its top"}: ${first?.message}`);
}
