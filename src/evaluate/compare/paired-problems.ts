import type { GradedSample } from "./graded-set.ts";
import type { PairedSample } from "./pair-sets.ts";

/** Paired samples by problem, each problem with at least one. */
export type PairedProblems = readonly (readonly PairedSample[])[];

/** A problem's mean over its samples of what is read of set number `at`, for each problem. */
export function meansOf(
  problems: PairedProblems,
  at: number,
  read: (sample: GradedSample) => number,
): number[] {
  return problems.map((samples) => {
    const values = samples.flatMap(({ each }) => each.slice(at, at + 1).map(read));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** A sample's dollars; not a number where its price is not known, which makes every mean with it unknown too. */
export function costOf({ costUsd }: GradedSample): number {
  return costUsd ?? Number.NaN;
}
