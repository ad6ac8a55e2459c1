import { type ComparisonTable, formatPValue } from "../compare/comparison-tables.ts";
import { markdownTable } from "../nano-table.ts";
import { formatDifference } from "../paired-difference.ts";
import { formatProportion } from "../proportion.ts";
import type { CellResult, ExperimentResult } from "./experiment-result.ts";

/** One table of all cells, group by group. */
export function experimentTable({ groups }: ExperimentResult): ComparisonTable {
  return {
    header: [
      ...[
        "model",
        "arm",
        "right",
        "against the first arm",
        "p",
        "output tokens",
        "growth",
        "words of thought",
      ],
      "dollars",
    ],
    rows: groups.flatMap(({ cells }) => cells.map(rowOf)),
  };
}

/** The experiment as a Markdown document. */
export function experimentMarkdown(result: ExperimentResult): string {
  const { header, rows } = experimentTable(result);
  const remarks = result.groups.flatMap(({ cells }) =>
    cells.flatMap(({ cell, contrast }) => (contrast === undefined ? [] : [`- ${cell}: ${contrast.remark}.`])),
  );
  const runs = result.groups.flatMap(({ cells }) => cells.map(({ cell, run }) => `- ${cell}: run ${run}`));
  return [
    `# ${result.title}`,
    `${result.problems} problems, paired; 95% intervals; tokens, words and dollars an answer. p is that of McNemar's exact test (with several samples a problem of the permutation test), made larger for several arms by Holm's method.`,
    markdownTable(header, rows, 2),
    remarks.join("\n"),
    runs.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function rowOf(cell: CellResult): string[] {
  const { model, modelName, arm, accuracy, contrast, outputTokens, growth, thoughtWords, costUsd } = cell;
  return [
    `${model} (${modelName})`,
    arm,
    formatProportion(accuracy),
    contrast === undefined ? "" : formatDifference(contrast.accuracy),
    contrast === undefined ? "" : formatPValue(contrast.pValue),
    outputTokens.toFixed(0),
    growth === null || contrast === undefined ? "" : `${growth.toPrecision(3)} times`,
    thoughtWords.toFixed(0),
    costUsd === null ? "unknown" : String(Number(costUsd.toPrecision(3))),
  ];
}
