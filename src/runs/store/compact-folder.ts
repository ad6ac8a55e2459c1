import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError, InputError, messageOf } from "../../thought/errors.ts";
import { TABLES, type TableName } from "./columns.ts";

/** The files of every table, newest rows first. What is not named here is not there. */
const indexSchema = z.strictObject({
  schema: z.literal(1),
  files: z.strictObject({
    runs: z.array(z.string()),
    questions: z.array(z.string()),
    steps: z.array(z.string()),
    calls: z.array(z.string()),
  }),
});
/** Names of files by table. */
export type CompactFiles = Record<TableName, string[]>;

const INDEX_FILE = "index.json";

/** The folder of compacted rows below the folder of all runs. Its name keeps it out of every list of runs. */
export function compactFolder(root: string): string {
  return join(root, "_compact");
}

/** The Parquet files below `root` that count, by table: names in {@link compactFolder}. Empty where nothing was compacted. */
export function readCompactFiles(root: string): CompactFiles {
  const path = join(compactFolder(root), INDEX_FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return { runs: [], questions: [], steps: [], calls: [] };
  }
  try {
    return indexSchema.parse(JSON.parse(text)).files;
  } catch (error) {
    throw new InputError(
      `${path} is not one this version can read: ${messageOf(error).slice(0, 200)}; remove the folder _compact and run sojourn runs compact again`,
      error,
    );
  }
}

/** A text that differs whenever other files count than before. */
export function compactVersion(root: string): string {
  const found = statSync(join(compactFolder(root), INDEX_FILE), { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.ino}/${found.mtimeMs}/${found.size}`;
}

/**
 * Makes these files the ones that count, all at once: a reader, or a crash, meets the old list or the new one. The files
 * themselves are brought to disk before.
 */
export function writeCompactFiles(root: string, files: CompactFiles): void {
  const folder = compactFolder(root);
  const path = join(folder, INDEX_FILE);
  const temporary = `${path}.${process.pid}.tmp`;
  const known = readCompactFiles(root);
  try {
    for (const table of TABLES)
      for (const name of files[table]) if (!known[table].includes(name)) syncFile(join(folder, name));
    const file = openSync(temporary, "w");
    try {
      writeSync(file, `${JSON.stringify({ schema: 1, files }, undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFile(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new FailureError(`cannot write ${path}: ${messageOf(error)}; make room, then try again`, error);
  }
}

/** Removes what an interrupted compaction, or one that replaced files, has left. Only for the folder's owner. */
export function removeLeftovers(root: string): void {
  const folder = compactFolder(root);
  const files = readCompactFiles(root);
  const counted = new Set(TABLES.flatMap((table) => files[table]));
  for (const name of readdirSync(folder))
    if (/\.(parquet|tmp)$/.test(name) && !counted.has(name)) rmSync(join(folder, name), { force: true });
}

function syncFile(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
