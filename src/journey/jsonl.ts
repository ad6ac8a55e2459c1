import { readFileSync } from "node:fs";
import type { z } from "zod";
import { writeWhole } from "../runs/write-whole.ts";
import { InputError, messageOf } from "../thought/errors.ts";

/** Writes values as a JSONL file, one a line, see {@link writeWhole}. */
export function writeJsonLines(path: string, values: Iterable<unknown>): void {
  writeWhole(path, linesOf(values));
}

function* linesOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Reads a JSONL file, blank lines left out. Throws an InputError that names the first line that does not fit. */
export function readJsonLines<Line>(path: string, schema: z.ZodType<Line>): Line[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${messageOf(error)}; name a file of sojourn weave`, error);
  }
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [read(line, index + 1)]));

  function read(line: string, number: number): Line {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new InputError(`line ${number} of ${path} is not JSON; name a file of sojourn weave`, error);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new InputError(
      `line ${number} of ${path} is no line of a journey's data set (${issue?.path.join(".")}: ${issue?.message})`,
    );
  }
}
