import type { FoundRecord } from "../record.ts";

/** A row of a CSV text with the line where it begins, or why it cannot be read. */
export type FoundRow = { line: number; cells: string[] } | { line: number; wrong: string };

/**
 * The rows of a CSV text (RFC 4180): cells in double quotes may hold commas, line ends and doubled quotes. Lines end in
 * `\r\n` or `\n`; blank lines are left out. A quote inside a plain cell is kept as it is, as spreadsheets do. After
 * a fault reading goes on at the next line.
 */
export function* csvRows(text: string): Generator<FoundRow> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at);
    const blank = row.wrong === undefined && row.cells.length === 1 && row.cells[0] === "" && !row.quoted;
    if (row.wrong !== undefined) yield { line, wrong: row.wrong };
    else if (!blank) yield { line, cells: row.cells };
    line += lineEnds(text, at, row.end);
    at = row.end;
  }
}

interface Row {
  cells: string[];
  /** Whether a cell was written in quotes. */
  quoted: boolean;
  /** Where the next row begins. */
  end: number;
  wrong?: string;
}

const plainEnd = /[,\n]/g;

function readRow(text: string, start: number): Row {
  const cells: string[] = [];
  let quoted = false;
  let at = start;
  for (;;) {
    let cell: string;
    if (text[at] === '"') {
      quoted = true;
      const close = closingQuote(text, at + 1);
      if (close < 0) {
        return { cells, quoted, end: text.length, wrong: "opens a quoted cell that is never closed" };
      }
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      if (text[at] === "\r" && (text[at + 1] === "\n" || at + 1 === text.length)) at++;
      if (at < text.length && text[at] !== "," && text[at] !== "\n") {
        const wrong = "has text after the closing quote of a cell";
        const next = text.indexOf("\n", at);
        return { cells, quoted, end: next < 0 ? text.length : next + 1, wrong };
      }
    } else {
      plainEnd.lastIndex = at;
      const end = plainEnd.exec(text)?.index ?? text.length;
      const last = text[end] !== ",";
      cell = text.slice(at, last && text[end - 1] === "\r" && end > at ? end - 1 : end);
      at = end;
    }
    cells.push(cell);
    if (text[at] !== ",") return { cells, quoted, end: Math.min(at + 1, text.length) };
    at++;
  }
}

/** Where the quote stands that closes a cell, skipping doubled ones; -1 where none does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function lineEnds(text: string, from: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The records of a CSV text, keyed by its first row. A row with too many or too few cells is reported. */
export function* readCsv(text: string): Generator<FoundRecord> {
  let header: readonly string[] | undefined;
  for (const row of csvRows(text)) {
    if ("wrong" in row) {
      yield row;
      // Without its header no cell has a name.
      if (header === undefined) return;
    } else if (header === undefined) {
      header = row.cells;
      const twice = header.find((name, index) => row.cells.indexOf(name) !== index);
      if (twice !== undefined) {
        yield { line: row.line, wrong: `names the column "${twice}" twice` };
        return;
      }
    } else if (row.cells.length !== header.length) {
      const cells = row.cells.length === 1 ? "1 cell" : `${row.cells.length} cells`;
      yield { line: row.line, wrong: `has ${cells}, but the header has ${header.length}` };
    } else {
      const { cells } = row;
      yield {
        line: row.line,
        value: Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])),
      };
    }
  }
}
