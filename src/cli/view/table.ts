import { stripVTControlCharacters } from "node:util";

/** Columns of text, padded to the widest cell; colour codes take no room. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const width = (text: string): number => stripVTControlCharacters(text).length;
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  "),
  );
}
