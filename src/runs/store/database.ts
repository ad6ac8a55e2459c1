import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** What a database in memory may take before it goes on in temporary files. */
const MEMORY = "400MB";
const MOST_THREADS = 4;

let opened = 0;

/**
 * Opens a DuckDB database in memory: a lens over files, never their owner, so that any number of processes may look at
 * once. The library is loaded only here.
 */
export async function openDatabase(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const database = await DuckDBInstance.create(":memory:", {
    threads: String(Math.min(MOST_THREADS, availableParallelism())),
    memory_limit: MEMORY,
    temp_directory: join(tmpdir(), `sojourn-duckdb-${process.pid}-${opened++}`),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  // An option of the Parquet reader, which only an open database knows.
  await withConnection(database, (connection) => connection.run("SET GLOBAL parquet_metadata_cache = true"));
  return database;
}

/** From now on no statement opens a file outside these folders, and none can change that. */
export async function confine(database: DuckDBInstance, folders: readonly string[]): Promise<void> {
  await withConnection(database, async (connection) => {
    await connection.run(`SET GLOBAL allowed_directories = [${folders.map(quoted).join(", ")}]`);
    await connection.run("SET GLOBAL enable_external_access = false");
    await connection.run("SET GLOBAL lock_configuration = true");
  });
}

/** Does some work with a connection of its own, which is closed behind it. */
export async function withConnection<Result>(
  database: DuckDBInstance,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await database.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

/** A text as it stands in a statement: for names of files, which cannot be parameters. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
