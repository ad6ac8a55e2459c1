import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import {
  CALL_COLUMNS,
  createTableSql,
  QUESTION_COLUMNS,
  RUN_COLUMNS,
  STEP_COLUMNS,
  TABLES,
} from "./columns.ts";
import type { QuestionRows } from "./question-fold.ts";
import type { RunRow } from "./run-row.ts";
import { TableWriter } from "./table-writer.ts";
import type { CallRow, StepRow, ThoughtRow } from "./thought-row.ts";

/** Questions whose rows one statement removes. */
const DELETED_AT_ONCE = 500;

interface Writers {
  runs: TableWriter<RunRow>;
  questions: TableWriter<ThoughtRow>;
  steps: TableWriter<StepRow>;
  calls: TableWriter<CallRow>;
}

/** Four tables of a database that hold rows made of logs. Whoever reads meanwhile sees a batch as a whole or not at all. */
export class RowTables {
  readonly #connection: DuckDBConnection;
  readonly #prefix: string;
  #writers: Writers | undefined;

  private constructor(connection: DuckDBConnection, prefix: string) {
    this.#connection = connection;
    this.#prefix = prefix;
  }

  /** Makes the tables, empty. Each has the name of its view with `prefix` before it. */
  static async create(database: DuckDBInstance, prefix: string): Promise<RowTables> {
    const connection = await database.connect();
    await connection.run(createTableSql(`${prefix}runs`, RUN_COLUMNS));
    await connection.run(createTableSql(`${prefix}questions`, QUESTION_COLUMNS));
    await connection.run(createTableSql(`${prefix}steps`, STEP_COLUMNS));
    await connection.run(createTableSql(`${prefix}calls`, CALL_COLUMNS));
    return new RowTables(connection, prefix);
  }

  /** Characters of rows that the open batch has so far, about. */
  get characters(): number {
    const writers = this.#writers;
    return writers === undefined
      ? 0
      : Object.values(writers).reduce((sum, { characters }) => sum + characters, 0);
  }

  /** Rows of all tables that the open batch has so far. */
  get rows(): number {
    const writers = this.#writers;
    return writers === undefined ? 0 : Object.values(writers).reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Adds a run's own row to the open batch, which is begun where there is none. */
  async addRun(row: RunRow): Promise<void> {
    const { runs } = await this.#open();
    runs.add(row);
  }

  /** Adds the rows of questions to the open batch. A batch takes each question once. */
  async addQuestions(questions: readonly QuestionRows[]): Promise<void> {
    const { questions: thoughts, steps, calls } = await this.#open();
    for (const rows of questions) {
      thoughts.add(rows.thought);
      for (const step of rows.steps) steps.add(step);
      for (const call of rows.calls) calls.add(call);
    }
  }

  /** Removes all rows of a run, also those that the open batch has added. */
  async remove(run: string): Promise<void> {
    for (const writer of Object.values(await this.#open())) writer.flush();
    for (const table of TABLES)
      await this.#connection.run(`DELETE FROM ${this.#prefix}${table} WHERE run = $1`, [run]);
  }

  /** Removes the rows of some questions of a run, and the run's own row, but for what the open batch has added. */
  async removeQuestions(run: string, questions: readonly QuestionRows[]): Promise<void> {
    await this.#open();
    const prefix = this.#prefix;
    await this.#connection.run(`DELETE FROM ${prefix}runs WHERE run = $1`, [run]);
    for (let first = 0; first < questions.length; first += DELETED_AT_ONCE) {
      const ids = questions.slice(first, first + DELETED_AT_ONCE).map(({ thought }) => thought.question);
      const among = ids.map((_, index) => `$${index + 2}`).join(", ");
      for (const table of ["questions", "steps", "calls"])
        await this.#connection.run(
          `DELETE FROM ${prefix}${table} WHERE run = $1 AND question IN (${among})`,
          [run, ...ids],
        );
    }
  }

  /** Ends the batch: its changes can be seen from now on. */
  async commit(): Promise<void> {
    if (this.#writers === undefined) return;
    for (const writer of Object.values(this.#writers)) writer.close();
    this.#writers = undefined;
    await this.#connection.run("COMMIT");
  }

  /** Does something else with the tables' database as a part of the open batch, such as to define views over them. */
  async run(sql: string): Promise<void> {
    await this.#open();
    await this.#connection.run(sql);
  }

  /** Gives the batch up, and empties the tables. */
  async clear(): Promise<void> {
    if (this.#writers !== undefined) await this.#connection.run("ROLLBACK");
    this.#writers = undefined;
    for (const table of TABLES) await this.#connection.run(`DELETE FROM ${this.#prefix}${table}`);
  }

  async #open(): Promise<Writers> {
    this.#writers ??= await this.#begin();
    return this.#writers;
  }

  async #begin(): Promise<Writers> {
    const [connection, prefix] = [this.#connection, this.#prefix];
    await connection.run("BEGIN");
    return {
      runs: await TableWriter.open(connection, `${prefix}runs`, RUN_COLUMNS),
      questions: await TableWriter.open(connection, `${prefix}questions`, QUESTION_COLUMNS),
      steps: await TableWriter.open(connection, `${prefix}steps`, STEP_COLUMNS),
      calls: await TableWriter.open(connection, `${prefix}calls`, CALL_COLUMNS),
    };
  }

  close(): void {
    this.#connection.closeSync();
  }
}
