import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { FailureError, messageOf } from "../thought/errors.ts";

/** How {@link writeWhole} writes. */
interface WriteWholeOptions {
  /** What the error says to do about it. Default: make room or name another --out. */
  mend?: string;
  /** Makes the folder where it is missing. Default true; false where it may have been removed on purpose. */
  makeFolder?: boolean;
  /** Brings the text to the disk before it counts. Default true; false for what can be worked out again. */
  lasting?: boolean;
}

const MEND = "make room or name another --out";

/**
 * Writes a whole file so that a reader, or a kill, meets the old one or the new one and nothing between. Pieces are
 * written as they come. Throws a FailureError where it cannot be written, and leaves nothing beside it.
 */
export function writeWhole(
  path: string,
  content: string | Iterable<string>,
  { mend = MEND, makeFolder = true, lasting = true }: WriteWholeOptions = {},
): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    if (makeFolder) mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, "w");
    try {
      for (const piece of typeof content === "string" ? [content] : content) appendFileSync(file, piece);
      if (lasting) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    throw cannotWrite(path, temporary, error, mend);
  }
}

/** What to say of a file that cannot be written; whatever was begun of it is removed, if it can be. */
export function cannotWrite(path: string, temporary: string, error: unknown, mend = MEND): FailureError {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // Where not even the folder is one, nothing was begun.
  }
  return new FailureError(`cannot write ${path}: ${messageOf(error)}; ${mend}`, error);
}
