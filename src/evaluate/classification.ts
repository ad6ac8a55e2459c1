/** A case of which one knows whether it is positive, and what was predicted. */
export interface Prediction {
  actual: boolean;
  predicted: boolean;
}

/** A case of which one knows whether it is positive, with a score that should be higher for positive ones. */
export interface ScoredCase {
  actual: boolean;
  score: number;
}

/** Counts of cases by what they are and what was predicted. */
interface Confusion {
  truePositive: number;
  falsePositive: number;
  trueNegative: number;
  falseNegative: number;
}

function confusion(cases: readonly Prediction[]): Confusion {
  const count = (actual: boolean, predicted: boolean): number =>
    cases.filter((one) => one.actual === actual && one.predicted === predicted).length;
  return {
    truePositive: count(true, true),
    falsePositive: count(false, true),
    trueNegative: count(false, false),
    falseNegative: count(true, false),
  };
}

/**
 * The mean of both classes' F1, each the harmonic mean of precision and recall, from 0 to 1: positive and negative weigh
 * alike, however many there are of each. A class that neither occurs nor is predicted has an F1 of 0.
 */
export function macroF1(cases: readonly Prediction[]): number {
  const { truePositive, falsePositive, trueNegative, falseNegative } = confusion(cases);
  const wrong = falsePositive + falseNegative;
  const f1 = (right: number): number => (right === 0 ? 0 : (2 * right) / (2 * right + wrong));
  return (f1(truePositive) + f1(trueNegative)) / 2;
}

/**
 * The correlation of what is and what was predicted (Matthews, 1975), from -1 to 1; 0 where either never changes, since
 * then nothing was told apart.
 */
export function matthewsCorrelation(cases: readonly Prediction[]): number {
  const { truePositive, falsePositive, trueNegative, falseNegative } = confusion(cases);
  // Each root by itself: the product of four counts of millions is beyond exact numbers.
  const margins =
    Math.sqrt(truePositive + falsePositive) *
    Math.sqrt(truePositive + falseNegative) *
    Math.sqrt(trueNegative + falsePositive) *
    Math.sqrt(trueNegative + falseNegative);
  if (margins === 0) return 0;
  return (truePositive * trueNegative - falsePositive * falseNegative) / margins;
}

/**
 * The area under the receiver operating characteristic: how likely a positive case has a higher score than a negative one,
 * ties by half (Mann and Whitney, 1947), by ranks. Undefined without cases of both kinds.
 *
 * @throws RangeError where a score is not a number
 */
export function areaUnderCurve(cases: readonly ScoredCase[]): number | undefined {
  if (cases.some(({ score }) => Number.isNaN(score))) throw new RangeError("a score is not a number");
  // Not by their difference, which is no number for the same infinity twice.
  const ranked = [...cases].sort((left, right) =>
    left.score === right.score ? 0 : left.score < right.score ? -1 : 1,
  );
  const positives = ranked.filter(({ actual }) => actual).length;
  const negatives = ranked.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  let ranks = 0;
  for (let start = 0; start < ranked.length; ) {
    let [end, among] = [start, 0];
    while (ranked[end]?.score === ranked[start]?.score) if (ranked[end++]?.actual) among++;
    // Equal scores share the mean of the ranks start + 1 to end.
    ranks += (among * (start + 1 + end)) / 2;
    start = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** What a threshold makes of scores. */
export interface ThresholdResult {
  /** Cases above it are predicted positive. */
  threshold: number;
  macroF1: number;
  /** The share of cases predicted right. */
  accuracy: number;
}

/** Macro-F1 and accuracy of scored cases at each of these thresholds; what lies on a threshold is predicted negative. */
export function thresholdSweep(
  cases: readonly ScoredCase[],
  thresholds: readonly number[],
): ThresholdResult[] {
  return thresholds.map((threshold) => {
    const predictions = predictAbove(cases, threshold);
    const right = predictions.filter(({ actual, predicted }) => actual === predicted).length;
    const accuracy = predictions.length === 0 ? 0 : right / predictions.length;
    return { threshold, macroF1: macroF1(predictions), accuracy };
  });
}

/** Scored cases as predictions: positive above the threshold. */
export function predictAbove(cases: readonly ScoredCase[], threshold: number): Prediction[] {
  return cases.map(({ actual, score }) => ({ actual, predicted: score > threshold }));
}
