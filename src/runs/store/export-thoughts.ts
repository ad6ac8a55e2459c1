import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { FailureError, messageOf } from "../../thought/errors.ts";
import type { Filter } from "../filter/filter.ts";
import { filterSql, SqlParameters } from "../filter/filter-sql.ts";
import { quoted } from "./database.ts";
import { RunStore } from "./run-store.ts";

/** In what form thoughts are written down. */
export const EXPORT_FORMATS = ["jsonl", "csv", "parquet"] as const;
/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COPY_OPTIONS: Record<ExportFormat, string> = {
  jsonl: "FORMAT json",
  csv: "FORMAT csv, HEADER",
  parquet: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048",
};

/**
 * Writes the thoughts that fit a filter into one file, oldest run first: every column of `questions` but the text without its
 * case. The file is there when it is whole, and not before. Returns how many there are.
 */
export async function exportThoughts(
  root: string,
  { filter, format, out }: { filter: Filter; format: ExportFormat; out: string },
): Promise<number> {
  const path = resolve(out);
  const temporary = `${path}.${process.pid}.tmp`;
  const parameters = new SqlParameters();
  // In JSON the tags are an object, not a text that holds one.
  const tags = format === "jsonl" ? "REPLACE (tags::JSON AS tags)" : "";
  const rows = `SELECT * EXCLUDE (folded) ${tags} FROM questions WHERE ${filterSql(filter, parameters)} ORDER BY run, ordinal`;
  mkdirSync(dirname(path), { recursive: true });
  const store = await RunStore.open(root, { writes: dirname(path) });
  try {
    const sql = `COPY (${rows}) TO ${quoted(temporary)} (${COPY_OPTIONS[format]})`;
    const [copied] = await store.ask({ sql, values: parameters.values });
    renameSync(temporary, path);
    return Number(copied?.["Count"] ?? 0);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new FailureError(
      `cannot write ${out}: ${messageOf(error)}; make room or name another --out`,
      error,
    );
  } finally {
    store.close();
  }
}
