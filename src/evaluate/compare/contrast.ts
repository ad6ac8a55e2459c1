import { bootstrapDifference } from "../bootstrap.ts";
import { mcnemarTest } from "../mcnemar.ts";
import { type Difference, pairedDifference } from "../paired-difference.ts";
import type { Cells, Contrast } from "./comparison.ts";
import type { GradedSample } from "./graded-set.ts";
import { costOf, meansOf, type PairedProblems } from "./paired-problems.ts";
import { pairedPermutationTest } from "./permutation-test.ts";
import { tokenRemark } from "./token-remark.ts";

/** Set number `at` beside the first one. Its p-value is that of this contrast alone. */
export function contrast(
  problems: PairedProblems,
  { name, at, seed }: { name: string; at: number; seed: number },
): Contrast {
  const outcomes = problems.map((samples) =>
    samples.map(({ each }) => [each[at]?.correct === true, each[0]?.correct === true] as const),
  );
  const cells = cellsOf(outcomes.flat());
  const means = (read: (sample: GradedSample) => number): [number, number][] => {
    const base = meansOf(problems, 0, read);
    return meansOf(problems, at, read).map((value, index) => [value, base[index] ?? 0]);
  };
  const difference = (pairs: readonly [number, number][]): Difference =>
    bootstrapDifference(pairs, { seed: `difference/${seed}` });
  const accuracyBootstrap = difference(means(({ correct }) => Number(correct)));
  const costs = means(costOf);
  const outputTokens = means((sample) => sample.outputTokens);
  const oneEach = outcomes.every(({ length }) => length === 1);
  return {
    name,
    cells,
    accuracy: oneEach ? pairedDifference(outcomes.flat()) : widened(accuracyBootstrap, outcomes),
    accuracyBootstrap,
    pValue: oneEach
      ? mcnemarTest(cells.fixed, cells.broken)
      : pairedPermutationTest(
          outcomes.map((samples) => cellsOf(samples)).map(({ fixed, broken }) => fixed - broken),
        ),
    outputTokens: difference(outputTokens),
    inputTokens: difference(means((sample) => sample.inputTokens)),
    costUsd: costs.flat().some(Number.isNaN) ? undefined : difference(costs),
    remark: tokenRemark(outputTokens),
  };
}

/**
 * Where all problems differ alike the bootstrap has nothing to draw from and gives an interval without width; agreement on
 * a few problems proves little, so that it is then as wide as one sample a problem would have it.
 */
function widened(
  drawn: Difference,
  outcomes: readonly (readonly (readonly [boolean, boolean])[])[],
): Difference {
  if (drawn.low < drawn.high) return drawn;
  const single = pairedDifference(outcomes.flatMap((samples) => samples.slice(0, 1)));
  const { difference } = drawn;
  return {
    difference,
    low: Math.max(-1, difference - (single.difference - single.low)),
    high: Math.min(1, difference + (single.high - single.difference)),
  };
}

/** Counts outcomes, the second way's standing first in each. */
function cellsOf(outcomes: readonly (readonly [boolean, boolean])[]): Cells {
  const count = (second: boolean, first: boolean): number =>
    outcomes.filter((one) => one[0] === second && one[1] === first).length;
  return {
    bothRight: count(true, true),
    fixed: count(true, false),
    broken: count(false, true),
    bothWrong: count(false, false),
  };
}
