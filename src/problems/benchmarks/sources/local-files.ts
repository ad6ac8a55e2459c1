import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../thought/errors.ts";
import { isReadable, readableEndings } from "../formats/read-records.ts";

/**
 * The files behind a path: the file itself, or all readable ones of a folder and the folders in it, by name. Throws an
 * InputError where there is none.
 */
export function localFiles(path: string): string[] {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new InputError(`no file ${path}; name a file, a folder or hf:owner/name`);
  if (!facts.isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && isReadable(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new InputError(`no file in ${path} ends in ${readableEndings.join(", ")}`);
}
