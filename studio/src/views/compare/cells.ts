import type { ComparedRow } from "sojourn/schemas/compare-schema.ts";
import type { CompareSearch } from "./compare-search.ts";

/** One of the four things that a second run can do to a problem of the first. */
export type Cell = NonNullable<CompareSearch["cell"]>;

/** The cells in the order in which they matter to a reader: what flipped first. */
export const CELLS: readonly { cell: Cell; label: string; title: string }[] = [
  { cell: "fixed", label: "Fixed", title: "Wrong in the base, right in the other" },
  { cell: "broken", label: "Broken", title: "Right in the base, wrong in the other" },
  { cell: "bothWrong", label: "Both wrong", title: "Wrong in both" },
  { cell: "bothRight", label: "Both right", title: "Right in both" },
];

/** Which cell a row is in when run number `against` stands beside the base. */
export function cellOf(row: ComparedRow, against: number): Cell {
  const base = row.each[0]?.correct === true;
  const other = row.each[against]?.correct === true;
  if (base) return other ? "bothRight" : "broken";
  return other ? "fixed" : "bothWrong";
}

/** The rows of one cell, or all: flipped problems first, else in the order given. */
export function rowsOfCell(
  rows: readonly ComparedRow[],
  against: number,
  cell: Cell | undefined,
): ComparedRow[] {
  const rank = (row: ComparedRow): number => CELLS.findIndex((one) => one.cell === cellOf(row, against));
  const wanted = cell === undefined ? rows : rows.filter((row) => cellOf(row, against) === cell);
  return [...wanted].sort((one, other) => rank(one) - rank(other));
}

/** How a row is named in an address. */
export function rowKey({ problem, sample }: ComparedRow): string {
  return `${problem}#${sample}`;
}
