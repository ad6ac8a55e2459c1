import type { Proportion } from "../proportion.ts";
import { drawPlots, type PlotModule, type PlotOptions, percentAxis } from "../report/draw-plots.ts";
import type { DrawnPlot } from "../report/page.ts";
import type { EvaluationReport } from "./evaluation-report.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import { accuracyOfRecords, type Grouping } from "./group-records.ts";

/** Parts of equal size in which answers are put by length. */
const LENGTH_PARTS = 8;

/** Fewer answers than this make no parts. */
const LEAST_IN_PART = 8;

/**
 * The plots of a report: accuracy by group with intervals, accuracy against tokens, lengths of right and wrong answers.
 * Those that there is nothing to show for are left out.
 */
export async function evaluationPlots(
  report: EvaluationReport,
  records: readonly EvaluationRecord[],
): Promise<DrawnPlot[]> {
  if (records.length === 0) return [];
  return drawPlots((Plot) => [
    ...report.groupings.map((grouping) => ({
      caption: `Accuracy by ${grouping.by}, 95% intervals.`,
      options: byGroup(Plot, grouping),
    })),
    ...againstTokens(Plot, report, records),
    { caption: "Output tokens of right and of wrong answers.", options: lengths(Plot, records) },
  ]);
}

function byGroup(Plot: PlotModule, { groups }: Grouping): PlotOptions {
  const rows = groups.map(({ name, accuracy }) => ({ name, ...accuracy }));
  return {
    marginLeft: 40 + 6 * Math.max(...rows.map(({ name }) => name.length)),
    height: 50 + 28 * rows.length,
    x: { ...percentAxis, label: "right" },
    y: { domain: rows.map(({ name }) => name), label: null },
    marks: [
      Plot.ruleY(rows, { y: "name", x1: "low", x2: "high", stroke: "currentColor" }),
      Plot.dot(rows, { y: "name", x: "share", r: 5, fill: "var(--right)" }),
    ],
  };
}

/** More tokens by more answers a problem where there are several, and by longer answers. */
function againstTokens(
  Plot: PlotModule,
  { severalSamples }: EvaluationReport,
  records: readonly EvaluationRecord[],
): { caption: string; options: PlotOptions }[] {
  const plots: { caption: string; options: PlotOptions }[] = [];
  if (severalSamples.length > 1) {
    const points = severalSamples.flatMap(({ k, outputTokens, pass, majority, best }) => [
      { way: "pass@k", k, outputTokens, ...pass },
      { way: "maj@k", k, outputTokens, ...majority },
      ...(best === undefined ? [] : [{ way: "best of k", k, outputTokens, ...best }]),
    ]);
    plots.push({
      caption: "Accuracy against output tokens for 1, 2, 4, ... answers a problem, 95% intervals.",
      options: {
        x: { label: "output tokens a problem" },
        y: { ...percentAxis, label: "right" },
        color: { legend: true },
        marks: [
          Plot.ruleX(points, { x: "outputTokens", y1: "low", y2: "high", stroke: "way", strokeOpacity: 0.4 }),
          Plot.line(points, { x: "outputTokens", y: "share", stroke: "way", marker: "dot" }),
        ],
      },
    });
  }
  const parts = partsByLength(records);
  if (parts.length > 1) {
    plots.push({
      caption: `Accuracy against output tokens: the answers by length, in ${parts.length} parts of equal size, 95% intervals.`,
      options: {
        x: { label: "output tokens of an answer (mean of the part)" },
        y: { ...percentAxis, label: "right" },
        marks: [
          Plot.ruleX(parts, { x: "outputTokens", y1: "low", y2: "high", stroke: "currentColor" }),
          Plot.line(parts, { x: "outputTokens", y: "share", stroke: "var(--right)", marker: "dot" }),
        ],
      },
    });
  }
  return plots;
}

function partsByLength(records: readonly EvaluationRecord[]): ({ outputTokens: number } & Proportion)[] {
  const sorted = [...records].sort((one, other) => one.outputTokens - other.outputTokens);
  const parts = Math.min(LENGTH_PARTS, Math.floor(sorted.length / LEAST_IN_PART));
  return Array.from({ length: parts }, (_, part) => {
    const members = sorted.slice(
      Math.floor((part * sorted.length) / parts),
      Math.floor(((part + 1) * sorted.length) / parts),
    );
    const tokens = members.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
    return { outputTokens: tokens / members.length, ...accuracyOfRecords(members) };
  });
}

function lengths(Plot: PlotModule, records: readonly EvaluationRecord[]): PlotOptions {
  const rows = records.map(({ outputTokens, correct }) => ({
    outputTokens,
    verdict: correct ? "right" : "wrong",
  }));
  const bins = { x: "outputTokens", fill: "verdict", thresholds: 30 };
  return {
    height: 240,
    x: { label: "output tokens of an answer" },
    y: { label: "answers", grid: true },
    color: { domain: ["right", "wrong"], range: ["var(--right)", "var(--wrong)"] },
    marks: [Plot.rectY(rows, Plot.binX({ y: "count" }, bins)), Plot.ruleY([0])],
  };
}
