import type { DuckDBConnection } from "@duckdb/node-api";
import { InputError, messageOf } from "../../thought/errors.ts";

/** What a query found. Cells are JSON: counts are numbers, times are ISO 8601 in UTC. */
export interface QueryResult {
  columns: string[];
  rows: unknown[][];
}

/**
 * Runs one `SELECT`. The database itself keeps it from any file that is not the runs' own; here everything is refused that is
 * no reading.
 *
 * @throws InputError for SQL that is not understood, that writes, or that is more than one statement
 */
export async function readOnlyQuery(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  const { StatementType } = await import("@duckdb/node-api");
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new InputError("query: write one SELECT statement");
    const statement = await statements.prepare(0);
    if (statement.statementType !== StatementType.SELECT)
      throw new InputError(
        "query: only SELECT is allowed; runs change through sojourn runs compact and prune",
      );
    const reader = await statement.runAndReadAll();
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader.getRowsJS().map((row) => row.map(jsonCell)),
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const [reason] = messageOf(error).split(/ LINE \d/);
    throw new InputError(`query: ${reason}; DESCRIBE questions lists the columns`, error);
  }
}

function jsonCell(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(jsonCell);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonCell(one)]));
  return value;
}
