import { proportion } from "./proportion.ts";

/** A difference between two shares, with its 95% interval. */
export interface Difference {
  /** First share less second share, from -1 to 1. */
  difference: number;
  low: number;
  high: number;
}

/**
 * How much more often the first of two ways solves the same problems, with Newcombe's square-and-add interval for paired
 * proportions (Newcombe, 1998, method 10), which joins the Wilson intervals of both by their correlation.
 *
 * @param outcomes for each problem, whether the first and whether the second way solved it
 */
export function pairedDifference(outcomes: readonly (readonly [boolean, boolean])[]): Difference {
  const count = (first: boolean, second: boolean): number =>
    outcomes.filter((outcome) => outcome[0] === first && outcome[1] === second).length;
  const [both, onlyFirst, onlySecond, neither] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ];
  const first = proportion(both + onlyFirst, outcomes.length);
  const second = proportion(both + onlySecond, outcomes.length);
  const correlation = phi(both, onlyFirst, onlySecond, neither);
  const difference = first.share - second.share;
  const reach = (one: number, other: number): number =>
    Math.sqrt(Math.max(0, one ** 2 - 2 * correlation * one * other + other ** 2));
  return {
    difference,
    low: difference - reach(first.share - first.low, second.high - second.share),
    high: difference + reach(first.high - first.share, second.share - second.low),
  };
}

/** Correlation of two yes-or-no outcomes; 0 where one of them never changes. Newcombe's continuity correction is in it. */
function phi(both: number, onlyFirst: number, onlySecond: number, neither: number): number {
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (margins === 0) return 0;
  const excess = both * neither - onlyFirst * onlySecond;
  const total = both + onlyFirst + onlySecond + neither;
  return (excess > 0 ? Math.max(excess - total / 2, 0) : excess) / Math.sqrt(margins);
}

/** `+12.4 points (9.8 to 15.1)`. */
export function formatDifference({ difference, low, high }: Difference): string {
  const points = (value: number): string => (100 * value).toFixed(1);
  return `${difference < 0 ? "" : "+"}${points(difference)} points (${points(low)} to ${points(high)})`;
}
