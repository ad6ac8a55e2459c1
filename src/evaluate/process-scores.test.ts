import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstErrors,
  mrScore,
  processBenchF1,
  processScores,
  type ScoredSolution,
} from "./process-scores.ts";

const four: ScoredSolution[] = [
  { scores: [0.9, 0.8], firstError: undefined },
  { scores: [0.9, 0.5, 0.7], firstError: undefined },
  { scores: [0.8, 0.2, 0.1], firstError: 1 },
  { scores: [0.4, 0.6, 0.9], firstError: 1 },
];

describe("processScores", () => {
  it("agrees with a case worked out by hand", () => {
    const result = processScores(four);
    // Solutions: one right one is called right, one wrong; both wrong ones are called wrong. F1 2/3 and 4/5.
    expect(result.solutionMacroF1).toBeCloseTo((2 / 3 + 4 / 5) / 2, 14);
    // Steps: of 7 right ones 5 are above; of 2 wrong ones 1 is below. F1 10/13 and 2/5; 9 steps count, not 11.
    expect(result).toMatchObject({ threshold: 0.5, solutions: 4, steps: 9 });
    expect(result.stepMacroF1).toBeCloseTo((10 / 13 + 2 / 5) / 2, 14);
    // The worst scores of the right ones are .8 and .5, of the wrong ones .1 and .4.
    expect(result.solutionAuc).toBe(1);
    // Right steps .9 .8 .9 .5 .7 .8 .4 against .2 and .6: 7 and 5 of 7.
    expect(result.stepAuc).toBeCloseTo(12 / 14, 14);
    expect(result.firstError).toMatchObject({ right: 1, trials: 2 });
    expect(result.allRight).toMatchObject({ right: 1, trials: 2 });
    expect(result.processBenchF1).toBeCloseTo(0.5, 14);
    // True positive 1, false negative 1, true negative 2: 2 / sqrt(1 * 2 * 2 * 3).
    expect(result.matthewsCorrelation).toBeCloseTo(2 / Math.sqrt(12), 14);
    expect(result.mrScore).toBeCloseTo((0.2 * 2) / Math.sqrt(12) + 0.15, 14);
  });

  it("does not count what stands behind the first wrong step", () => {
    const changed = four.map(({ scores, firstError }) => ({
      scores: scores.map((score, step) => (firstError !== undefined && step > firstError ? 0.99 : score)),
      firstError,
    }));
    expect(processScores(changed).stepMacroF1).toBe(processScores(four).stepMacroF1);
    expect(processScores(changed).stepAuc).toBe(processScores(four).stepAuc);
  });

  it("is perfect for scores that are the truth", () => {
    const solution = fc.array(fc.constant(1), { minLength: 1, maxLength: 6 }).chain((steps) =>
      fc.option(fc.nat(steps.length - 1), { nil: undefined }).map((firstError) => ({
        scores: steps.map((_, step) => (step === firstError ? 0 : 1)),
        firstError,
      })),
    );
    fc.assert(
      fc.property(fc.array(solution, { maxLength: 20 }), (solutions) => {
        const all: ScoredSolution[] = [
          ...solutions,
          { scores: [1, 1], firstError: undefined },
          { scores: [1, 0], firstError: 1 },
        ];
        const result = processScores(all);
        expect(result).toMatchObject({ solutionMacroF1: 1, stepMacroF1: 1, solutionAuc: 1, stepAuc: 1 });
        expect(result.processBenchF1).toBe(1);
        expect(result.mrScore).toBeCloseTo(0.5, 12);
      }),
    );
  });

  it("has no area under the curve where nothing is wrong", () => {
    const result = processScores([{ scores: [0.9], firstError: undefined }]);
    expect(result.solutionAuc).toBeUndefined();
    expect(result.processBenchF1).toBe(0);
  });

  it("refuses solutions that do not fit together", () => {
    expect(() => processScores([{ scores: [], firstError: undefined }])).toThrow("solution 0 has no scores");
    expect(() => processScores([{ scores: [1, 1], firstError: 2 }])).toThrow("none of which is 2");
  });
});

describe("firstErrors", () => {
  it("wants the step exactly", () => {
    const result = firstErrors([
      { actual: 2, predicted: 2 },
      { actual: 2, predicted: 1 },
      { actual: 0, predicted: undefined },
      { actual: undefined, predicted: undefined },
    ]);
    expect(result.firstError).toMatchObject({ right: 1, trials: 3 });
    expect(result.allRight).toMatchObject({ right: 1, trials: 1 });
    expect(result.processBenchF1).toBeCloseTo(1 / 2, 14);
  });
});

describe("processBenchF1 and mrScore", () => {
  it("agree with their formulas", () => {
    expect(processBenchF1(0.4, 0.9)).toBeCloseTo(0.72 / 1.3, 14);
    expect(processBenchF1(0, 0.9)).toBe(0);
    expect(processBenchF1(0, 0)).toBe(0);
    expect(mrScore({ correlation: 0.5, step: 0.4, reason: 0.2 })).toBeCloseTo(0.32, 14);
    expect(mrScore({ correlation: -0.5, step: 0.4, reason: 0.2 })).toBeCloseTo(0.22, 14);
  });
});
