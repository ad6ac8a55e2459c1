import type {
  DuckDBAppender,
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBType,
  DuckDBValue,
} from "@duckdb/node-api";
import type { Cell, Column } from "./columns.ts";

/** Rows that are handed over at once: the size of DuckDB's own vectors. */
const CHUNK_ROWS = 2048;
/** Characters of text after which rows are handed over earlier. */
const CHUNK_CHARACTERS = 8 << 20;

/** What of DuckDB a writer needs; the library is loaded when a database is opened. */
interface Library {
  DuckDBDataChunk: { create(types: readonly DuckDBType[], rowCount?: number): DuckDBDataChunk };
  timestampMillisValue(milliseconds: bigint): DuckDBValue;
}

/** Adds rows to a table of a database, many at once. */
export class TableWriter<Row> {
  /** Rows added so far, and characters of text in them. */
  rows = 0;
  characters = 0;
  readonly #library: Library;
  readonly #appender: DuckDBAppender;
  readonly #columns: readonly Column<Row>[];
  readonly #types: readonly DuckDBType[];
  #cells: DuckDBValue[][] = [];
  #waiting = 0;
  #waitingCharacters = 0;

  private constructor(library: Library, appender: DuckDBAppender, columns: readonly Column<Row>[]) {
    this.#library = library;
    this.#appender = appender;
    this.#columns = columns;
    this.#types = columns.map((_, index) => appender.columnType(index));
    this.#begin();
  }

  /** A writer into a table that has these columns, in this order. */
  static async open<Row>(
    connection: DuckDBConnection,
    table: string,
    columns: readonly Column<Row>[],
  ): Promise<TableWriter<Row>> {
    const library = await import("@duckdb/node-api");
    return new TableWriter(library, await connection.createAppender(table), columns);
  }

  add(row: Row): void {
    for (const [index, { of, type }] of this.#columns.entries()) {
      const cell = of(row);
      if (typeof cell === "string") this.#waitingCharacters += cell.length;
      this.#cells[index]?.push(this.#valueOf(cell, type));
    }
    this.#waiting++;
    this.rows++;
    if (this.#waiting === CHUNK_ROWS || this.#waitingCharacters > CHUNK_CHARACTERS) this.flush();
  }

  /** Hands over what waits: from now on the table has it. */
  flush(): void {
    if (this.#waiting > 0) {
      const chunk = this.#library.DuckDBDataChunk.create(this.#types, this.#waiting);
      chunk.setColumns(this.#cells);
      this.#appender.appendDataChunk(chunk);
      this.#begin();
    }
    this.#appender.flushSync();
  }

  close(): void {
    this.flush();
    this.#appender.closeSync();
  }

  #begin(): void {
    this.#cells = this.#columns.map(() => []);
    this.#waiting = 0;
    this.characters += this.#waitingCharacters;
    this.#waitingCharacters = 0;
  }

  #valueOf(cell: Cell, type: Column<Row>["type"]): DuckDBValue {
    if (typeof cell !== "number") return cell;
    if (type === "BIGINT") return BigInt(cell);
    return type === "TIMESTAMP_MS" ? this.#library.timestampMillisValue(BigInt(Math.round(cell))) : cell;
  }
}
