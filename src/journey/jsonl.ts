import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";
import { FailureError, InputError, messageOf } from "../thought/errors.ts";

/**
 * Writes a whole file so that a reader, or a kill, meets the old one or the new one and nothing between. Throws a
 * FailureError where it cannot be written.
 */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, "w");
    try {
      for (const piece of pieces) appendFileSync(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    throw cannotWrite(path, temporary, error);
  }
}

/** What to say of a file that cannot be written; whatever was begun of it is removed, if it can be. */
export function cannotWrite(path: string, temporary: string, error: unknown): FailureError {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // Where not even the folder is one, nothing was begun.
  }
  return new FailureError(
    `cannot write ${path}: ${messageOf(error)}; make room or name another --out`,
    error,
  );
}

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
