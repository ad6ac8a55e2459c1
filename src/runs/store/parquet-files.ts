import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBInstance } from "@duckdb/node-api";
import { newRunId } from "../run-folder.ts";
import { TABLES, type TableName } from "./columns.ts";
import { type CompactFiles, compactFolder, readCompactFiles, writeCompactFiles } from "./compact-folder.ts";
import { quoted, withConnection } from "./database.ts";
import { mergeGroups } from "./merge-groups.ts";

/**
 * Rows that are read together. Long texts are read for few rows of a page, so that a small group saves most; DuckDB's
 * vectors allow no less.
 */
const GROUP_ROWS: Record<TableName, number> = { runs: 2048, questions: 2048, steps: 16_384, calls: 16_384 };

/** Writes the Parquet files of compacted rows, and decides which of them count. Only for the folder's owner. */
export class ParquetFiles {
  readonly #root: string;
  readonly #database: DuckDBInstance;
  #files: CompactFiles;
  /** How many files of each table are of this session: they stand before those of earlier ones. */
  readonly #added: Record<TableName, number> = { runs: 0, questions: 0, steps: 0, calls: 0 };

  constructor(root: string, database: DuckDBInstance) {
    this.#root = root;
    this.#database = database;
    mkdirSync(compactFolder(root), { recursive: true });
    this.#files = readCompactFiles(root);
  }

  /**
   * Writes all rows of the tables with this prefix, newest first, into new files. They do not count until {@link commit}.
   */
  async add(prefix: string): Promise<void> {
    for (const table of TABLES) {
      if ((await this.#count(`${prefix}${table}`)) === 0) continue;
      const file = await this.#write(table, `SELECT * FROM ${prefix}${table}`);
      this.#files[table].splice(this.#added[table]++, 0, file);
    }
  }

  /** Writes the files that hold rows of these runs again without them. They do not count until {@link commit}. */
  async remove(runs: ReadonlySet<string>): Promise<void> {
    if (runs.size === 0) return;
    const among = `run IN (${[...runs].map(quoted).join(", ")})`;
    for (const table of TABLES) {
      const kept: string[] = [];
      for (const file of this.#files[table]) {
        const from = `read_parquet(${this.#path(file)})`;
        const hits = await this.#count(`${from} WHERE ${among}`);
        if (hits === 0) kept.push(file);
        else if (hits < (await this.#count(from)))
          kept.push(await this.#write(table, `SELECT * FROM ${from} WHERE NOT (${among})`));
      }
      this.#files[table] = kept;
    }
  }

  /**
   * Brings small files together where there are many, neighbours only, so that newer rows stay before older ones. The new files
   * do not count until {@link commit}.
   */
  async merge(): Promise<void> {
    for (const table of TABLES) {
      const merged: string[] = [];
      for (const group of mergeGroups(this.#files[table], (file) => this.#bytes(file))) {
        const [first = ""] = group;
        const from = `read_parquet([${group.map((file) => this.#path(file)).join(", ")}])`;
        merged.push(group.length === 1 ? first : await this.#write(table, `SELECT * FROM ${from}`));
      }
      this.#files[table] = merged;
    }
  }

  /** From now on the files as they are now are those that count. */
  commit(): void {
    writeCompactFiles(this.#root, this.#files);
  }

  /** Bytes of all files. */
  get bytes(): number {
    return TABLES.flatMap((table) => this.#files[table]).reduce((sum, file) => sum + this.#bytes(file), 0);
  }

  async #write(table: TableName, rows: string): Promise<string> {
    const name = `${table}-${newRunId("rows", new Date())}.parquet`;
    const options = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS[table]}`;
    await withConnection(this.#database, (connection) =>
      connection.run(`COPY (${rows}) TO ${this.#path(name)} (${options})`),
    );
    return name;
  }

  async #count(from: string): Promise<number> {
    const [row] = await withConnection(this.#database, async (connection) =>
      (await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${from}`)).getRowsJS(),
    );
    return Number(row?.[0] ?? 0);
  }

  #bytes(file: string): number {
    return statSync(join(compactFolder(this.#root), file)).size;
  }

  #path(file: string): string {
    return quoted(join(compactFolder(this.#root), file));
  }
}

/** What is known of a compacted run without reading its rows. */
export interface CompactedRun {
  /** Size of the log that its rows were made of. */
  logBytes: number;
  /** How many thoughts it has. */
  questions: number;
}

/** The compacted runs below `root`, by id. */
export async function readCompactedRuns(
  root: string,
  database: DuckDBInstance,
): Promise<Map<string, CompactedRun>> {
  const files = readCompactFiles(root).runs.map((name) => quoted(join(compactFolder(root), name)));
  if (files.length === 0) return new Map();
  const sql = `SELECT run, logBytes::DOUBLE, questions FROM read_parquet([${files.join(", ")}])`;
  const rows = await withConnection(database, async (connection) =>
    (await connection.runAndReadAll(sql)).getRowsJS(),
  );
  return new Map(
    rows.map(([run, bytes, questions]) => [
      String(run),
      { logBytes: Number(bytes), questions: Number(questions) },
    ]),
  );
}
