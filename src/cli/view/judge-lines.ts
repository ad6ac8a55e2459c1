import type { SweptResult } from "../../evaluate/judge/judgement-result.ts";
import type { ProcessResult } from "../../evaluate/process-scores.ts";
import { formatProportion } from "../../evaluate/proportion.ts";
import { plural } from "./format.ts";
import { table } from "./table.ts";

/** How well a judge does, for people: its measures at one threshold, and the sweep. */
export function judgeLines({ result, sweep }: SweptResult): string[] {
  return [...resultLines(result), "", ...sweepLines(sweep)];
}

/** The same as JSON says it: null where there is no area under the curve. */
export function judgeJson({ result, sweep }: SweptResult): object {
  return { ...plain(result), sweep: sweep.map(plain) };
}

function plain(result: ProcessResult): object {
  return { ...result, solutionAuc: result.solutionAuc ?? null, stepAuc: result.stepAuc ?? null };
}

function resultLines(result: ProcessResult): string[] {
  const { solutions, unjudged, steps, threshold, firstError, allRight } = result;
  const without =
    unjudged === 0
      ? []
      : [`${plural(unjudged, "solution")} without scores: not found among the first errors, nowhere else`];
  return [
    `${solutions + unjudged} solutions, ${firstError.trials} of them wrong; ${steps} steps up to the first wrong one; right above ${threshold}`,
    ...without,
    "",
    ...table(
      ["measure", "value"],
      [
        ["solution macro-F1", decimals(result.solutionMacroF1)],
        ["step macro-F1", decimals(result.stepMacroF1)],
        ["solution AUC", decimals(result.solutionAuc)],
        ["step AUC", decimals(result.stepAuc)],
        ["first wrong step found", formatProportion(firstError)],
        ["right solutions passed", formatProportion(allRight)],
        ["ProcessBench F1", decimals(result.processBenchF1)],
        ["MR-Score without reasons", decimals(result.mrScore)],
      ],
    ),
  ];
}

function sweepLines(sweep: readonly ProcessResult[]): string[] {
  const header = ["right above", "solution F1", "step F1", "first wrong step", "passed", "ProcessBench F1"];
  return table(
    header,
    sweep.map((row) => [
      String(Number(row.threshold.toPrecision(4))),
      decimals(row.solutionMacroF1),
      decimals(row.stepMacroF1),
      `${(100 * row.firstError.share).toFixed(1)}%`,
      `${(100 * row.allRight.share).toFixed(1)}%`,
      decimals(row.processBenchF1),
    ]),
  );
}

function decimals(value: number | undefined): string {
  return value === undefined ? "unknown: all are of one kind" : value.toFixed(3);
}
