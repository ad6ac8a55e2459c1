import type { Comparison } from "../../evaluate/compare/comparison.ts";
import {
  type ComparisonTable,
  comparisonHeadline,
  contrastTable,
  rowTable,
  setTable,
  tokenRemarks,
} from "../../evaluate/compare/comparison-tables.ts";
import type { CommandOutput } from "../command-output.ts";
import { plural } from "./format.ts";
import { table } from "./table.ts";

/**
 * A comparison for people: the runs, each beside the first, what is to be said of their tokens, and single problems.
 *
 * @param rows most single problems that are listed, those that flipped first
 */
export function comparisonLines(
  comparison: Comparison,
  { rows, colors }: { rows: number; colors: CommandOutput["colors"] },
): string[] {
  const shown = comparison.rows.slice(0, rows);
  const flipped = comparison.rows.filter(({ each }) => each.some((one) => one.correct !== each[0]?.correct));
  const painted = (text: string): string =>
    text.startsWith("right ") ? colors.green(text) : text.startsWith("wrong ") ? colors.red(text) : text;
  const single = rowTable(comparison, shown);
  return [
    comparisonHeadline(comparison),
    "",
    ...draw(setTable(comparison)),
    "",
    ...draw(contrastTable(comparison)),
    ...tokenRemarks(comparison),
    ...(shown.length === 0
      ? []
      : [
          "",
          `${plural(flipped.length, "answer")} flipped; ${shown.length} of ${comparison.rows.length} shown, flipped ones first`,
          ...draw({ ...single, rows: single.rows.map((row) => row.map(painted)) }),
        ]),
  ];
}

function draw({ header, rows }: ComparisonTable): string[] {
  return table(header, rows);
}
