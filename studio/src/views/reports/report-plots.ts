import * as Plot from "@observablehq/plot";
import type { ReportReply, ReportsReply } from "sojourn/schemas/report-schema.ts";
import type { Curve } from "sojourn/schemas/training-schema.ts";

/** An axis of shares, in percent. */
const percent = { tickFormat: (share: number) => `${Math.round(100 * share)}%`, domain: [0, 1], grid: true };

/** Each run at its accuracy and its tokens, with 95% intervals; the one that is shown stands out. */
export function runsByTokens(rows: ReportsReply["rows"], shown: string | undefined): Plot.PlotOptions {
  const chosen = rows.filter(({ run }) => run === shown);
  const base = { x: "tokens", y: "share" };
  return {
    height: 220,
    marginLeft: 48,
    x: {
      label: "output tokens an answer",
      type: rows.every(({ tokens }) => tokens > 0) ? "log" : "linear",
      nice: true,
    },
    y: { ...percent, label: "right" },
    marks: [
      Plot.ruleX(rows, { x: "tokens", y1: "low", y2: "high", stroke: "var(--line-strong)" }),
      Plot.dot(rows, { ...base, r: 4, fill: "var(--accent)", fillOpacity: 0.5 }),
      Plot.ruleX(chosen, { x: "tokens", y1: "low", y2: "high", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(chosen, { ...base, r: 6, fill: "var(--accent)" }),
      Plot.tip(rows, Plot.pointer({ ...base, title: "what", fill: "var(--raised)", stroke: "var(--line)" })),
    ],
  };
}

/** Accuracy by group, with 95% intervals. */
export function byGroup({ groups }: ReportReply["groupings"][number]): Plot.PlotOptions {
  const names = groups.map(({ name }) => name);
  return {
    height: 76 + 26 * groups.length,
    marginLeft: Math.min(180, 24 + 7 * Math.max(...names.map(({ length }) => length))),
    x: { ...percent, label: "right" },
    y: { domain: names, label: null },
    marks: [
      Plot.ruleY(groups, { y: "name", x1: "low", x2: "high", stroke: "var(--line-strong)", strokeWidth: 2 }),
      Plot.dot(groups, { y: "name", x: "share", r: 5, fill: "var(--accent)" }),
    ],
  };
}

/** Accuracy for 1, 2, 4, ... answers a problem against what they cost. */
export function byBudget(points: ReportReply["budgets"]): Plot.PlotOptions {
  const range = ["var(--accent)", "var(--reward-high)", "var(--reward-middle)"];
  return {
    height: 260,
    marginLeft: 48,
    x: { label: "output tokens a problem" },
    y: { ...percent, label: "right" },
    color: { legend: true, domain: ["maj@k", "best of k", "pass@k"], range },
    marks: [
      Plot.ruleX(points, { x: "outputTokens", y1: "low", y2: "high", stroke: "way", strokeOpacity: 0.4 }),
      Plot.line(points, { x: "outputTokens", y: "share", stroke: "way", marker: "dot" }),
    ],
  };
}

/** How long right and wrong answers are. */
export function byLength(answers: ReportReply["answers"]): Plot.PlotOptions {
  const rows = answers.map(({ outputTokens, correct }) => ({
    outputTokens,
    verdict: correct ? "right" : "wrong",
  }));
  const bins = { x: "outputTokens", fill: "verdict", thresholds: 30 };
  return {
    height: 220,
    marginLeft: 48,
    x: { label: "output tokens of an answer" },
    y: { label: "answers", grid: true },
    color: { legend: true, domain: ["right", "wrong"], range: ["var(--reward-high)", "var(--reward-low)"] },
    marks: [
      Plot.rectY(rows, Plot.binX({ y: "count" }, bins)),
      Plot.ruleY([0], { stroke: "var(--line-strong)" }),
    ],
  };
}

/** Curves over the steps of a training; each has a colour of its own, and the beginning of a loss does not hide its end. */
export function byStep(curves: readonly Curve[], height: number): Plot.PlotOptions {
  const points = curves.flatMap(({ name, points: own }) => own.map((point) => ({ name, ...point })));
  const line = { x: "step", y: "value", z: "name", stroke: "name" };
  return {
    height,
    marginLeft: 52,
    x: { label: "step", tickFormat: "~s" },
    y: { label: null, grid: true, nice: true },
    color: {
      legend: curves.length > 1,
      domain: curves.map(({ name }) => name),
      range: lineColors(curves.length),
    },
    marks: [
      Plot.line(points, { ...line, strokeWidth: 1.5 }),
      // One point alone is no line.
      Plot.dot(points, { ...line, r: 2, fill: "name", filter: ({ name }) => isShort(curves, name) }),
      Plot.tip(points, Plot.pointer({ ...line, fill: "var(--raised)", channels: { name: "name" } })),
    ],
  };
}

function isShort(curves: readonly Curve[], name: string): boolean {
  return (curves.find((curve) => curve.name === name)?.points.length ?? 0) < 3;
}

/** The studio's own colours as long as they last; of more lines each has a hue. */
function lineColors(count: number): string[] {
  if (count <= OWN_COLORS.length) return OWN_COLORS.slice(0, count);
  return Array.from({ length: count }, (_, place) => `oklch(0.64 0.14 ${Math.round((360 * place) / count)})`);
}

const OWN_COLORS = ["var(--accent)", "var(--reward-high)", "var(--reward-middle)", "var(--reward-low)"];
