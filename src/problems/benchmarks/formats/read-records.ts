import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { FailureError, InputError, messageOf } from "../../../thought/errors.ts";
import type { FoundRecord } from "../record.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import { parseRecord, readJsonLines } from "./jsonl.ts";
import { decodeUtf8 } from "./lines.ts";
import { readParquet } from "./parquet.ts";

/** The endings of the files that can be read. */
export const readableEndings: readonly string[] = [".jsonl", ".ndjson", ".json", ".csv", ".parquet"];

/** Whether a file's name says that it can be read. */
export function isReadable(path: string): boolean {
  return readableEndings.includes(extname(path).toLowerCase());
}

/**
 * The records of a file, in the form that its ending names; a `.json` file may hold an array, one object or JSON
 * Lines. What cannot be read is reported in place. Throws an InputError for another ending and a FailureError where
 * the file itself cannot be read.
 */
export async function* readRecords(path: string): AsyncGenerator<FoundRecord> {
  const ending = extname(path).toLowerCase();
  if (!readableEndings.includes(ending)) {
    throw new InputError(`cannot read ${path}: use a file that ends in ${readableEndings.join(", ")}`);
  }
  try {
    if (ending === ".parquet") yield* parquetOf(path);
    else if (ending === ".jsonl" || ending === ".ndjson") yield* readJsonLines(createReadStream(path));
    else if (ending === ".csv") yield* wholeText(path, readCsv);
    else yield* wholeText(path, readJsonOrLines);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new FailureError(`cannot read ${path}: ${messageOf(error)}`, error);
  }
}

async function* parquetOf(path: string): AsyncGenerator<FoundRecord> {
  const file = await open(path);
  try {
    yield* readParquet(file);
  } finally {
    await file.close();
  }
}

async function* wholeText(
  path: string,
  read: (text: string) => Iterable<FoundRecord> | AsyncIterable<FoundRecord>,
): AsyncGenerator<FoundRecord> {
  const text = decodeUtf8(await readFile(path));
  if (text === undefined) yield { line: 1, wrong: "is not UTF-8" };
  else yield* read(text);
}

/** JSON Lines are told from other JSON by their first line: it is whole. */
function readJsonOrLines(text: string): Iterable<FoundRecord> | AsyncIterable<FoundRecord> {
  const first = /^\s*(\{.*)\n/.exec(text)?.[1];
  const lines = first !== undefined && "value" in parseRecord(1, first);
  return lines ? readJsonLines(asStream(text)) : readJson(text);
}

async function* asStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
