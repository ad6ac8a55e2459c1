import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areaUnderCurve,
  macroF1,
  matthewsCorrelation,
  type Prediction,
  type ScoredCase,
  thresholdSweep,
} from "./classification.ts";

/** Predictions by how often each kind occurs: right and wrong positive ones, right and wrong negative ones. */
function predictions(
  truePositive: number,
  falsePositive: number,
  trueNegative: number,
  falseNegative: number,
) {
  const many = (count: number, actual: boolean, predicted: boolean): Prediction[] =>
    Array.from({ length: count }, () => ({ actual, predicted }));
  return [
    ...many(truePositive, true, true),
    ...many(falsePositive, false, true),
    ...many(trueNegative, false, false),
    ...many(falseNegative, true, false),
  ];
}

const scored = (positive: readonly number[], negative: readonly number[]): ScoredCase[] => [
  ...positive.map((score) => ({ actual: true, score })),
  ...negative.map((score) => ({ actual: false, score })),
];

describe("macroF1", () => {
  it("agrees with a case worked out by hand", () => {
    // Positive: precision 6/8, recall 6/9, F1 12/17. Negative: precision 4/7, recall 4/6, F1 8/13.
    expect(macroF1(predictions(6, 2, 4, 3))).toBeCloseTo((12 / 17 + 8 / 13) / 2, 14);
  });

  it("weighs both classes alike", () => {
    expect(macroF1(predictions(99, 1, 0, 0))).toBeCloseTo(198 / 199 / 2, 14);
    expect(macroF1(predictions(5, 0, 3, 0))).toBe(1);
    expect(macroF1([])).toBe(0);
  });
});

describe("matthewsCorrelation", () => {
  it("agrees with a case worked out by hand", () => {
    expect(matthewsCorrelation(predictions(6, 1, 3, 2))).toBeCloseTo(16 / Math.sqrt(7 * 8 * 4 * 5), 14);
    expect(matthewsCorrelation(predictions(4, 0, 4, 0))).toBeCloseTo(1, 14);
    expect(matthewsCorrelation(predictions(0, 4, 0, 4))).toBeCloseTo(-1, 14);
  });

  it("is zero where everything is called the same", () => {
    expect(matthewsCorrelation(predictions(7, 3, 0, 0))).toBe(0);
    expect(matthewsCorrelation([])).toBe(0);
  });
});

describe("areaUnderCurve", () => {
  it("agrees with cases worked out by hand", () => {
    // Of six pairs five are in order.
    expect(areaUnderCurve(scored([0.9, 0.4], [0.5, 0.3, 0.1]))).toBeCloseTo(5 / 6, 14);
    // .5 against .5 is half a pair.
    expect(areaUnderCurve(scored([0.9, 0.5], [0.5, 0.1]))).toBeCloseTo(3.5 / 4, 14);
    expect(areaUnderCurve(scored([1, 1], [1, 1, 1]))).toBeCloseTo(0.5, 14);
  });

  it("agrees with the count over all pairs, ties by half", () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, scores, (positive, negative) => {
        let sum = 0;
        for (const one of positive)
          for (const other of negative) sum += one > other ? 1 : one === other ? 0.5 : 0;
        const area = areaUnderCurve(scored(positive, negative));
        expect(area).toBeCloseTo(sum / (positive.length * negative.length), 12);
      }),
    );
  });

  it("takes infinite scores and refuses what is not a number", () => {
    const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
    expect(areaUnderCurve(scored([POSITIVE_INFINITY, POSITIVE_INFINITY], [0, NEGATIVE_INFINITY]))).toBe(1);
    expect(() => areaUnderCurve(scored([Number.NaN], [0]))).toThrow("a score is not a number");
  });

  it("is unknown without cases of both kinds", () => {
    expect(areaUnderCurve(scored([0.5, 0.6], []))).toBeUndefined();
    expect(areaUnderCurve([])).toBeUndefined();
  });
});

describe("thresholdSweep", () => {
  it("predicts what lies above the threshold, not on it", () => {
    const cases = scored([0.9, 0.5], [0.5, 0.1]);
    expect(thresholdSweep(cases, [0, 0.5, 0.95])).toEqual([
      { threshold: 0, macroF1: macroF1(predictions(2, 2, 0, 0)), accuracy: 0.5 },
      { threshold: 0.5, macroF1: macroF1(predictions(1, 0, 2, 1)), accuracy: 0.75 },
      { threshold: 0.95, macroF1: macroF1(predictions(0, 0, 2, 2)), accuracy: 0.5 },
    ]);
    expect(thresholdSweep([], [0.5])).toEqual([{ threshold: 0.5, macroF1: 0, accuracy: 0 }]);
  });
});
