import { clusteredProportion } from "../clustered-proportion.ts";
import type { ComparedRow, Comparison, SetResult } from "./comparison.ts";
import { contrast } from "./contrast.ts";
import type { GradedSet } from "./graded-set.ts";
import { holm } from "./holm.ts";
import { type PairedSample, type PairOptions, pairSets } from "./pair-sets.ts";
import { costOf, meansOf, type PairedProblems } from "./paired-problems.ts";

/** Options of {@link compareSets}. */
export interface CompareOptions extends PairOptions {
  /** Of the bootstrap; the same seed and sets give the same intervals. Default 0. */
  seed?: number | undefined;
}

/**
 * Compares two sets or more of graded samples on the same problems, the first being the base. Problems count as drawn
 * alike and apart from each other; samples of one problem do not, and stay together in every interval and test.
 *
 * @throws InputError as {@link pairSets} does
 */
export function compareSets(
  sets: readonly GradedSet[],
  { seed = 0, ...options }: CompareOptions = {},
): Comparison {
  const { names, pairs, leftOut } = pairSets(sets, options);
  const problems = byProblem(pairs);
  const contrasts = names.slice(1).map((name, index) => contrast(problems, { name, at: index + 1, seed }));
  const adjusted = holm(contrasts.map(({ pValue }) => pValue));
  return {
    problems: problems.length,
    samples: pairs.length,
    sets: sets.map(({ name, what }, at) => ({ name, what, ...resultOf(problems, at) })),
    contrasts: contrasts.map((one, index) => ({ ...one, pValue: adjusted[index] ?? 1 })),
    leftOut,
    rows: rowsOf(pairs),
  };
}

function byProblem(pairs: readonly PairedSample[]): PairedProblems {
  const problems = new Map<string, PairedSample[]>();
  for (const pair of pairs) {
    const samples = problems.get(pair.problem);
    if (samples === undefined) problems.set(pair.problem, [pair]);
    else samples.push(pair);
  }
  return [...problems.values()];
}

function resultOf(problems: PairedProblems, at: number): Omit<SetResult, "name" | "what"> {
  const counted = problems.map((samples) => ({
    right: samples.filter(({ each }) => each[at]?.correct).length,
    trials: samples.length,
  }));
  const cost = mean(meansOf(problems, at, costOf));
  return {
    accuracy: clusteredProportion(counted),
    outputTokens: mean(meansOf(problems, at, ({ outputTokens }) => outputTokens)),
    inputTokens: mean(meansOf(problems, at, ({ inputTokens }) => inputTokens)),
    costUsd: Number.isNaN(cost) ? null : cost,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rowsOf(pairs: readonly PairedSample[]): ComparedRow[] {
  const rows = pairs.map(({ problem, sample, gold, each }) => ({
    ...{ problem, sample, gold },
    each: each.map(({ correct, answer, outputTokens }) => ({ correct, answer, outputTokens })),
  }));
  const flipped = ({ each }: ComparedRow): boolean =>
    each.some(({ correct }) => correct !== each[0]?.correct);
  const rank = (row: ComparedRow): number => (flipped(row) ? 0 : row.each[0]?.correct ? 2 : 1);
  // Stable: within each kind the problems keep their order.
  return rows.sort((one, other) => rank(one) - rank(other));
}
