import { markdownTable } from "../nano-table.ts";
import type { Comparison } from "./comparison.ts";
import {
  type ComparisonTable,
  comparisonHeadline,
  contrastTable,
  rowTable,
  setTable,
  tokenRemarks,
} from "./comparison-tables.ts";

/**
 * A comparison as a Markdown document.
 *
 * @param rows most single problems that are listed, those that flipped first
 */
export function comparisonMarkdown(comparison: Comparison, rows: number): string {
  const { leftOut } = comparison;
  const remarks = tokenRemarks(comparison).map((remark) => `- ${remark}.`);
  const lacking = leftOut.map(({ name, lacks }) => `- ${name} lacks ${lacks.length} that another run has.`);
  const shown = comparison.rows.slice(0, rows);
  return [
    `${comparisonHeadline(comparison)}.`,
    draw(setTable(comparison), 3),
    draw(contrastTable(comparison), 1),
    [...remarks, ...lacking].join("\n"),
    ...(shown.length === 0 ? [] : [draw(rowTable(comparison, shown), Number.POSITIVE_INFINITY)]),
  ].join("\n\n");
}

/** Cells as Markdown takes them: no bar that would end one, no other line. */
function draw({ header, rows }: ComparisonTable, texts: number): string {
  const safe = (cells: readonly string[]): string[] => cells.map((cell) => cell.replaceAll("|", "\\|"));
  return markdownTable(safe(header), rows.map(safe), texts);
}
