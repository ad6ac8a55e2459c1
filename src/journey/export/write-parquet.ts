import { renameSync } from "node:fs";
import { openDatabase, quoted, withConnection } from "../../runs/store/database.ts";
import { cannotWrite } from "../../runs/write-whole.ts";
import type { ColumnType } from "./format.ts";

/**
 * Writes the rows of a JSONL file as Parquet (zstd), with columns of these types whatever the rows hold: what
 * `datasets.load_dataset("parquet", ...)` reads. Throws a FailureError where it cannot be written.
 */
export async function writeParquet(
  jsonLines: string,
  path: string,
  columns: Readonly<Record<string, ColumnType>>,
): Promise<void> {
  const types = Object.entries(columns).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
  const rows = `read_json(${quoted(jsonLines)}, format = 'newline_delimited', columns = {${types.join(", ")}})`;
  const temporary = `${path}.${process.pid}.tmp`;
  const database = await openDatabase();
  try {
    await withConnection(database, (connection) =>
      connection.run(
        `COPY (SELECT * FROM ${rows}) TO ${quoted(temporary)} (FORMAT parquet, COMPRESSION zstd)`,
      ),
    );
    renameSync(temporary, path);
  } catch (error) {
    throw cannotWrite(path, temporary, error);
  } finally {
    database.closeSync();
  }
}
