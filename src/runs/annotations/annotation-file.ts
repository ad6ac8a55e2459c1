import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { FailureError, messageOf } from "../../thought/errors.ts";
import { type Annotation, annotationSchema } from "./annotation.ts";

/** The name of the annotations in a run's folder. */
const ANNOTATIONS_FILE = "annotations.jsonl";

/** The annotations of a run, oldest first, and how many lines could not be read. */
export interface AnnotationsRead {
  annotations: Annotation[];
  /** Torn by a crash, or of another version: passed over, and never removed. */
  unreadable: number;
}

/** Reads what people said about a run; nothing where nobody has yet. */
export function readAnnotations(folder: string): AnnotationsRead {
  const path = join(folder, ANNOTATIONS_FILE);
  const read: AnnotationsRead = { annotations: [], unreadable: 0 };
  if (!existsSync(path)) return read;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const parsed = annotationSchema.safeParse(parseJson(line));
    if (parsed.success) read.annotations.push(parsed.data);
    else read.unreadable++;
  }
  return read;
}

/**
 * Appends one annotation. What is there already stays, a line that a crash tore included: the new one then begins on a
 * line of its own. Needs no lock: one write of one line to a file that is opened to append is not mixed with another's.
 *
 * @throws FailureError where the folder cannot be written to
 */
export function appendAnnotation(folder: string, annotation: Annotation): void {
  const path = join(folder, ANNOTATIONS_FILE);
  try {
    const file = openSync(path, "a+");
    try {
      const line = Buffer.from(`${endsTorn(file) ? "\n" : ""}${JSON.stringify(annotation)}\n`);
      let written = 0;
      while (written < line.length) written += writeSync(file, line, written);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new FailureError(`cannot write ${path}: ${messageOf(error)}; make room or mend its rights`, error);
  }
}

function endsTorn(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether somebody said something about a run. */
export function hasAnnotations(folder: string): boolean {
  return existsSync(join(folder, ANNOTATIONS_FILE));
}
