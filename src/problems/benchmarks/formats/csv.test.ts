import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRows, readCsv } from "./csv.ts";

const rowsOf = (text: string): string[][] =>
  [...csvRows(text)].map((row) => ("wrong" in row ? [row.wrong] : row.cells));

/** Writes as RFC 4180 says, quoting where it must and where `always` says so. */
function writeCsv(rows: readonly (readonly string[])[], end: string, always: boolean): string {
  const cell = (text: string): string =>
    always || text === "" || /[",\r\n\uFEFF]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((cells) => cells.map(cell).join(",") + end).join("");
}

describe("CSV", () => {
  it("reads back whatever is written as RFC 4180 says", () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^[",\r\n a]{0,6}$/));
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        (table, end, always, open) => {
          const text = writeCsv(table, end, always);
          expect(rowsOf(open ? text.slice(0, text.length - end.length) : text)).toEqual(table);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("names cells by the header and rows by the line where they begin", () => {
    const text = '\uFEFFproblem,answer\r\n"two\r\nlines, one cell",5\r\n\r\nplain 2" pipe,6\r\n';
    expect([...readCsv(text)]).toEqual([
      { line: 2, value: { problem: "two\r\nlines, one cell", answer: "5" } },
      { line: 5, value: { problem: 'plain 2" pipe', answer: "6" } },
    ]);
  });

  it("reports a faulty row by its line and reads the others", () => {
    const text = 'a,b\n1,2\n1,2,3\n"x"y,2\n5,6\nalone\n7,"never closed\n8,9\n';
    expect([...readCsv(text)]).toEqual([
      { line: 2, value: { a: "1", b: "2" } },
      { line: 3, wrong: "has 3 cells, but the header has 2" },
      { line: 4, wrong: "has text after the closing quote of a cell" },
      { line: 5, value: { a: "5", b: "6" } },
      { line: 6, wrong: "has 1 cell, but the header has 2" },
      { line: 7, wrong: "opens a quoted cell that is never closed" },
    ]);
  });

  it("refuses a header that names a column twice", () => {
    expect([...readCsv("a,b,a\n1,2,3\n")]).toEqual([{ line: 1, wrong: 'names the column "a" twice' }]);
  });
});
