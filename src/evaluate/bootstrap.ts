import { Random } from "../thought/random.ts";
import { normalCumulative, normalQuantile } from "./normal-distribution.ts";
import type { Difference } from "./paired-difference.ts";

/** 97.5% quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Options of {@link bootstrapDifference}. */
export interface BootstrapOptions {
  /** The same seed and pairs give the same interval everywhere. */
  seed: number | string;
  /** How often the pairs are drawn anew, default 10,000. */
  resamples?: number | undefined;
}

/**
 * The difference of two means over the same problems, first less second, with its 95% interval by the paired bootstrap:
 * pairs are drawn anew with replacement, so that what a problem does to both stays together. The interval is BCa (Efron,
 * 1987, "Better bootstrap confidence intervals"), corrected for bias and skew: for skewed values such as tokens or cost it
 * holds the true difference more often than the plain percentiles do. For shares of right answers prefer
 * `pairedDifference`, which needs no seed and knows that agreement on all of a few problems proves little.
 *
 * It takes the problems to be drawn alike and apart from each other. Where all differences are equal the interval has no
 * width; with fewer than two pairs nothing can be said and it is infinite.
 *
 * @param pairs for each problem the first and the second way's value, in any unit
 */
export function bootstrapDifference(
  pairs: readonly (readonly [number, number])[],
  { seed, resamples = 10_000 }: BootstrapOptions,
): Difference {
  if (!Number.isSafeInteger(resamples) || resamples < 100)
    throw new RangeError(`a bootstrap needs 100 resamples or more, not ${resamples}`);
  const differences = Float64Array.from(pairs, ([first, second]) => first - second);
  const total = sumOf(differences);
  const difference = pairs.length === 0 ? 0 : total / pairs.length;
  if (pairs.length < 2) return { difference, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (differences.every((value) => value === differences[0]))
    return { difference, low: difference, high: difference };

  const totals = drawTotals(differences, new Random(seed), resamples);
  const bias = normalQuantile(shareBelow(totals, total));
  const skew = acceleration(differences, difference);
  const bound = (z: number): number => {
    const shifted = normalCumulative(bias + (bias + z) / (1 - skew * (bias + z))) * (resamples + 1) - 1;
    // Outwards to the next total that was drawn.
    const rank = z < 0 ? Math.floor(shifted) : Math.ceil(shifted);
    return (totals[Math.max(0, Math.min(resamples - 1, rank))] as number) / pairs.length;
  };
  return { difference, low: bound(-Z), high: bound(Z) };
}

/** Sums of as many values drawn with replacement, ascending. */
function drawTotals(values: Float64Array, random: Random, resamples: number): Float64Array {
  const totals = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let total = 0;
    for (let draw = 0; draw < values.length; draw++)
      total += values[Math.floor(random.next() * values.length)] as number;
    totals[resample] = total;
  }
  return totals.sort();
}

/** The share of totals below this one, equal ones by half; never 0 or 1, so that it has a finite quantile. */
function shareBelow(totals: Float64Array, total: number): number {
  let below = 0;
  for (const other of totals) below += other < total ? 1 : other === total ? 0.5 : 0;
  return Math.max(0.5, Math.min(totals.length - 0.5, below)) / totals.length;
}

/** Efron's acceleration of a mean: a sixth of the skewness of its jackknife values. */
function acceleration(values: Float64Array, mean: number): number {
  const squares = sumOf(values.map((value) => (value - mean) ** 2));
  const cubes = sumOf(values.map((value) => (value - mean) ** 3));
  return cubes / (6 * squares ** 1.5);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
