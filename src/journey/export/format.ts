import type { JourneyLine } from "../dataset.ts";

/** A column's type in Parquet, as DuckDB writes it: `VARCHAR`, `STRUCT(role VARCHAR, content VARCHAR)[]`. */
export type ColumnType = string;

/** How others want training data: one row a line of ours. */
export interface ExportFormat {
  /** As asked for on the command line. */
  name: string;
  /** In one line: who reads it, and which lines it takes. */
  description: string;
  /** The columns of a row, in order. */
  columns: Readonly<Record<string, ColumnType>>;
  /** The row of a line, or why this format has no place for it. */
  row(line: JourneyLine): Readonly<Record<string, unknown>> | { fault: string };
  /** Further files that stand beside the data, by name, given the names of the data files. */
  beside?(files: readonly string[]): Readonly<Record<string, string>>;
}

/** Says that a format wants another kind of line. */
export function wants(what: string, { kind }: JourneyLine): { fault: string } {
  return { fault: `${kind} lines are not ${what}` };
}
