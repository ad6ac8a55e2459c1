import { Random } from "../thought/random.ts";

/** A step with several scores, and whether it is right. */
export interface StepScores {
  /** Steps of one group are drawn together: those of one question. */
  readonly group: string;
  readonly right: boolean;
  readonly scores: readonly number[];
}

/** The area under a curve with its 95% interval. */
export interface AreaInterval {
  readonly area: number;
  readonly low: number;
  readonly high: number;
}

/**
 * For each of several scores the area under the receiver operating characteristic: how likely a right step has a higher score
 * than a wrong one, ties by half. Intervals are percentiles over resamples in which whole groups are drawn with replacement.
 * NaN where all steps are right, or all wrong.
 *
 * @param count how many scores each step has
 */
export function areasUnderCurves(
  steps: readonly StepScores[],
  count: number,
  { seed, resamples = 1000 }: { seed: string; resamples?: number },
): AreaInterval[] {
  const groups = new Map<string, number>();
  for (const { group } of steps) if (!groups.has(group)) groups.set(group, groups.size);
  const groupOf = Int32Array.from(steps, ({ group }) => groups.get(group) ?? 0);
  const draws = drawGroups(groups.size, resamples, new Random(seed));
  const once = new Float64Array(groups.size).fill(1);
  return Array.from({ length: count }, (_, which) => {
    const order = Array.from(steps.keys()).sort(
      (a, b) => scoreOf(steps, a, which) - scoreOf(steps, b, which),
    );
    const area = (weights: Float64Array) => weightedArea(steps, order, which, groupOf, weights);
    const drawn = draws
      .map(area)
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    const at = (share: number): number => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
    return { area: area(once), low: at(0.025), high: at(0.975) };
  });
}

/** How often each group is drawn, for each resample. */
function drawGroups(groups: number, resamples: number, random: Random): Float64Array[] {
  return Array.from({ length: resamples }, () => {
    const times = new Float64Array(groups);
    for (let draw = 0; draw < groups; draw++) times[random.integer(0, groups - 1)]! += 1;
    return times;
  });
}

const scoreOf = (steps: readonly StepScores[], step: number, which: number): number =>
  steps[step]?.scores[which] ?? Number.NaN;

/** The area with a weight for each group, in one pass over the steps in the order of their score. */
function weightedArea(
  steps: readonly StepScores[],
  order: readonly number[],
  which: number,
  groupOf: Int32Array,
  weights: Float64Array,
): number {
  let [wrongBelow, rightTotal, wins] = [0, 0, 0];
  for (let start = 0; start < order.length; ) {
    const score = scoreOf(steps, order[start] ?? 0, which);
    let [right, wrong, end] = [0, 0, start];
    for (; end < order.length && scoreOf(steps, order[end] ?? 0, which) === score; end++) {
      const step = order[end] ?? 0;
      const weight = weights[groupOf[step] ?? 0] ?? 0;
      if (steps[step]?.right) right += weight;
      else wrong += weight;
    }
    wins += right * (wrongBelow + wrong / 2);
    wrongBelow += wrong;
    rightTotal += right;
    start = end;
  }
  return rightTotal === 0 || wrongBelow === 0 ? Number.NaN : wins / (rightTotal * wrongBelow);
}
