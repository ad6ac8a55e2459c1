import { type Difference, formatDifference } from "../paired-difference.ts";
import { formatProportion } from "../proportion.ts";
import type { ComparedRow, Comparison } from "./comparison.ts";

/** A table before it is drawn: as text, or as Markdown. */
export interface ComparisonTable {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Each set: accuracy, and beside it what a sample costs. */
export function setTable({ sets }: Comparison): ComparisonTable {
  return {
    header: ["", "run", "how", "right", "output tokens", "input tokens", "dollars"],
    rows: sets.map(({ name, what = "", accuracy, outputTokens, inputTokens, costUsd }, index) => [
      ...[letter(index), name, what, formatProportion(accuracy), rounded(outputTokens), rounded(inputTokens)],
      costUsd === null ? "unknown" : rounded(costUsd),
    ]),
  };
}

/** `45 samples of 15 problems, paired; 95% intervals; tokens and dollars a sample`, and how p-values are meant. */
export function comparisonHeadline({ problems, samples, contrasts }: Comparison): string {
  const counted =
    samples === problems ? `${problems} problems` : `${samples} samples of ${problems} problems`;
  const adjusted = contrasts.length > 1 ? `; p made larger for ${contrasts.length} contrasts (Holm)` : "";
  return `${counted}, paired; 95% intervals; tokens and dollars a sample${adjusted}`;
}

/** What is to be said of the tokens of each set but the first, a line each. */
export function tokenRemarks({ contrasts }: Comparison): string[] {
  return contrasts.map(({ remark }, index) => `${letter(index + 1)}: ${remark}`);
}

/** Each set but the first beside the first. */
export function contrastTable({ contrasts, samples, problems }: Comparison): ComparisonTable {
  const test = samples === problems ? "McNemar's p" : "permutation p";
  return {
    header: [
      ...["against A", "both right", "fixed", "broken", "both wrong"],
      ...["difference", test, "output tokens", "dollars"],
    ],
    rows: contrasts.map(({ cells, accuracy, pValue, outputTokens, costUsd }, index) => [
      ...[letter(index + 1), cells.bothRight, cells.fixed, cells.broken, cells.bothWrong].map(String),
      ...[formatDifference(accuracy), formatPValue(pValue), signed(outputTokens)],
      costUsd === undefined ? "unknown" : signed(costUsd),
    ]),
  };
}

/** Rows of single problems, those that flipped first: what each set answered. */
export function rowTable({ sets }: Pick<Comparison, "sets">, rows: readonly ComparedRow[]): ComparisonTable {
  return {
    header: ["problem", "gold", ...sets.map((_, index) => letter(index))],
    rows: rows.map(({ problem, sample, gold, each }) => [
      sample === 0 ? problem : `${problem}#${sample}`,
      clip(gold),
      ...each.map(({ correct, answer }) => `${correct ? "right" : "wrong"} ${clip(answer ?? "no answer")}`),
    ]),
  };
}

/** What a set is called in tables: A for the base, then B, C and so on. */
function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `run ${index + 1}`;
}

/** `0.0312`, `< 0.0001`. */
export function formatPValue(value: number): string {
  return value < 0.0001 ? "< 0.0001" : String(Number(value.toPrecision(3)));
}

/** `+12.3 (10.1 to 14.8)`. */
function signed({ difference, low, high }: Difference): string {
  return `${difference < 0 ? "" : "+"}${rounded(difference)} (${rounded(low)} to ${rounded(high)})`;
}

/** Three digits, more before the point. */
function rounded(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 24 ? line : `…${line.slice(-23)}`;
}
