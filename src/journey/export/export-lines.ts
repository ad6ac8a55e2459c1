import { basename, extname, join } from "node:path";
import { writeWhole } from "../../runs/write-whole.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { journeyLineSchema } from "../dataset.ts";
import { readJsonLines, writeJsonLines } from "../jsonl.ts";
import type { ExportFormat } from "./format.ts";
import { writeParquet } from "./write-parquet.ts";

/** What was written for others. */
export interface Exported {
  /** Paths, the data first. */
  files: string[];
  rows: number;
  /** Lines without a row, by reason. */
  skipped: Record<string, number>;
}

/**
 * Writes data sets of ours in the form of others: `NAME.jsonl`, with `parquet` also `NAME.parquet`, and what the format
 * wants beside them. Lines that the format has no place for are counted.
 *
 * @throws FailureError where not one line has a place in it, InputError for two files of one name
 */
export async function exportLines(
  sources: readonly string[],
  format: ExportFormat,
  { out, parquet }: { out: string; parquet: boolean },
): Promise<Exported> {
  const names = sources.map((source) => basename(source, extname(source)));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`two files are called ${twice}; export them to folders of their own`);
  const exported: Exported = { files: [], rows: 0, skipped: {} };
  const data: string[] = [];
  for (const [index, source] of sources.entries()) {
    const rows: object[] = [];
    for (const line of readJsonLines(source, journeyLineSchema)) {
      const row = format.row(line);
      if (!isFault(row)) rows.push(row);
      else exported.skipped[row.fault] = (exported.skipped[row.fault] ?? 0) + 1;
    }
    if (rows.length === 0) continue;
    const name = names[index] ?? "";
    const path = join(out, `${name}.jsonl`);
    writeJsonLines(path, rows);
    data.push(path);
    if (parquet) {
      await writeParquet(path, join(out, `${name}.parquet`), format.columns);
      exported.files.push(join(out, `${name}.parquet`));
    }
    exported.rows += rows.length;
  }
  if (exported.rows === 0) {
    const [reason = "the files are empty"] = Object.keys(exported.skipped);
    throw new FailureError(`nothing to write as ${format.name}: ${reason}; it takes ${format.description}`);
  }
  for (const [name, text] of Object.entries(format.beside?.(data.map((path) => basename(path))) ?? {})) {
    writeWhole(join(out, name), [text]);
    exported.files.push(join(out, name));
  }
  exported.files.unshift(...data);
  return exported;
}

function isFault(row: object): row is { fault: string } {
  return "fault" in row;
}
