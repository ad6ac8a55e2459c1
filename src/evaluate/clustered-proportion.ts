import { type Proportion, proportionOf } from "./proportion.ts";

/** 97.5% quantile of the normal distribution. */
const Z = 1.959963984540054;

/** What came of the trials with one problem. */
export interface Cluster {
  /** How many came out right; a fraction where it is an estimate, such as pass@k of the problem with one trial. */
  right: number;
  trials: number;
}

/**
 * The share of right trials where several belong to one problem, with its 95% interval. Trials with one problem are alike,
 * so that a hundred answers to ten problems say less than one each to a hundred: the interval is Wilson's with as many
 * trials as independent ones would give the same variance (the effective sample size of a cluster sample; Kish, 1965; for
 * proportions Dean and Pagano, 2015). The variance is that of a ratio, linearised, between problems; that it is known from
 * so few of them costs some of the effective trials (Korn and Graubard, 1998). With one trial each it is `proportion`.
 *
 * `right` and `trials` of the result are the sums, as a reader would count them.
 *
 * @param most as many independent trials as there may be at most; default all trials. More where a cluster's one trial
 * stands for an estimate from several
 */
export function clusteredProportion(clusters: readonly Cluster[], most?: number): Proportion {
  let [right, trials, filled] = [0, 0, 0];
  for (const cluster of clusters) {
    right += cluster.right;
    trials += cluster.trials;
    if (cluster.trials > 0) filled++;
  }
  const share = trials === 0 ? 0 : right / trials;
  // All right or all wrong: nothing tells how alike trials are, so that each problem counts once.
  if (share === 0 || share === 1) return proportionOf(share, { right, trials, effective: filled });
  let squares = 0;
  for (const cluster of clusters) squares += (cluster.right - share * cluster.trials) ** 2;
  const alike = Math.min(most ?? trials, (share * (1 - share) * trials ** 2) / squares);
  return proportionOf(share, { right, trials, effective: alike * sureness(alike, filled) });
}

/**
 * What is left of so many effective trials when their variance is known from so few problems: the variance is taken with
 * one degree of freedom less, and its quantile is Student's. 1 where there are no more effective trials than problems.
 */
function sureness(effective: number, problems: number): number {
  if (effective <= problems || problems < 2) return 1;
  const bias = (effective * (problems - 1)) / ((effective - 1) * problems);
  return bias * (studentQuantile(effective - 1) / studentQuantile(problems - 1)) ** 2;
}

/** 97.5% quantile of Student's distribution by Cornish and Fisher's expansion, to a hundredth from four degrees on. */
function studentQuantile(freedom: number): number {
  const [one, three, five, seven] = [Z, Z ** 3, Z ** 5, Z ** 7];
  return (
    one +
    (three + one) / (4 * freedom) +
    (5 * five + 16 * three + 3 * one) / (96 * freedom ** 2) +
    (3 * seven + 19 * five + 17 * three - 15 * one) / (384 * freedom ** 3)
  );
}
