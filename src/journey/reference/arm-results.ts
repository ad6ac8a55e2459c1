import { bootstrapDifference } from "../../evaluate/bootstrap.ts";
import { clusteredProportion } from "../../evaluate/clustered-proportion.ts";
import { majorityAtK } from "../../evaluate/majority-at-k.ts";
import type { Difference } from "../../evaluate/paired-difference.ts";
import { passAtK } from "../../evaluate/pass-at-k.ts";
import type { Proportion } from "../../evaluate/proportion.ts";
import type { Attempt } from "./evaluate-stage.ts";

/** The answers to problems with three numbers: what conclusions are drawn from. */
export function threeNumbers(attempts: readonly Attempt[]): Attempt[] {
  return attempts.filter(({ numbers }) => numbers === "3");
}

/** The share of right answers over all seeds, with a 95% interval in which problems over one set of numbers count as one cluster. */
export function accuracyOf(attempts: readonly Attempt[]): Proportion {
  const sets = new Map<string, { right: number; trials: number }>();
  for (const { set, correct } of attempts) {
    const cluster = sets.get(set) ?? { right: 0, trials: 0 };
    cluster.right += Number(correct);
    cluster.trials++;
    sets.set(set, cluster);
  }
  return clusteredProportion([...sets.values()]);
}

/**
 * How many points more of the same problems an arm gets right than another, with a 95% interval by the bootstrap over sets of
 * numbers. It holds the seeds of training fixed: how much those matter, the seeds' own figures tell.
 */
export function differenceOf(arm: readonly Attempt[], base: readonly Attempt[]): Difference {
  const sets = new Map<string, [number, number]>();
  for (const [side, attempts] of [arm, base].entries()) {
    for (const { set, correct } of attempts) {
      const sums = sets.get(set) ?? [0, 0];
      sums[side as 0 | 1] += Number(correct) / attempts.length;
      sets.set(set, sums);
    }
  }
  // Scaled so that the mean over sets is the difference of the two shares.
  const pairs = [...sets.values()].map(([one, other]) => [one * sets.size, other * sets.size] as const);
  return bootstrapDifference(pairs, { seed: "journey" });
}

/** What k sampled answers a problem come to. */
export interface Budgeted {
  k: number;
  /** Output tokens a problem. */
  tokens: number;
  /** One of them is right, as a checker would find out. */
  checked: number;
  /** The answer that most of them give is right. */
  majority: number;
}

/** Sampled answers, those of each seed of training by themselves. */
export type Seeds = readonly (readonly Attempt[])[];

/** What 1, 2, 4, ... sampled answers a problem come to, in the mean over problems and seeds. */
export function byBudget(seeds: Seeds): Budgeted[] {
  const groups = byProblem(seeds);
  const most = Math.min(...groups.map(({ length }) => length));
  const tokens = tokensOf(seeds);
  const rows: Budgeted[] = [];
  for (let k = 1; k <= most; k *= 2) rows.push({ k, tokens: k * tokens, ...outcomesAt(groups, k) });
  return rows;
}

/**
 * What as many samples come to as `tokens` output tokens a problem buy; between two whole numbers of samples by a straight
 * line. Undefined where the budget buys less than one sample or more than there are.
 */
export function atTokens(seeds: Seeds, tokens: number): Omit<Budgeted, "tokens"> | undefined {
  const groups = byProblem(seeds);
  const most = Math.min(...groups.map(({ length }) => length));
  const k = tokens / tokensOf(seeds);
  if (!(k >= 1 && k <= most)) return undefined;
  const below = outcomesAt(groups, Math.floor(k));
  const above = outcomesAt(groups, Math.ceil(k));
  const part = k - Math.floor(k);
  const between = (one: number, other: number): number => one + part * (other - one);
  return {
    k,
    checked: between(below.checked, above.checked),
    majority: between(below.majority, above.majority),
  };
}

/** Output tokens of an answer, in the mean. */
export function tokensOf(seeds: Seeds): number {
  return mean(seeds.flat().map(({ outputTokens }) => outputTokens));
}

function outcomesAt(groups: readonly Attempt[][], k: number): { checked: number; majority: number } {
  return {
    checked: mean(
      groups.map((group) => passAtK(group.length, group.filter(({ correct }) => correct).length, k)),
    ),
    majority: mean(
      groups.map((group) => {
        const right = new Set(group.filter(({ correct }) => correct).map(({ answer }) => answer));
        const answers = group.map(({ answer }) => answer);
        return majorityAtK(answers, k, (answer) => right.has(answer));
      }),
    ),
  };
}

/** The answers of each seed to each problem. */
function byProblem(seeds: Seeds): Attempt[][] {
  return seeds.flatMap((attempts) => {
    const groups = new Map<string, Attempt[]>();
    for (const attempt of attempts) {
      const group = groups.get(attempt.problem);
      if (group === undefined) groups.set(attempt.problem, [attempt]);
      else group.push(attempt);
    }
    return [...groups.values()];
  });
}

/** The arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
