import { describe, expect, it } from "vitest";
import { accuracyOf, atTokens, byBudget, differenceOf } from "./arm-results.ts";
import type { Attempt } from "./evaluate-stage.ts";

function attempt(problem: string, sample: number, correct: boolean, parts: Partial<Attempt> = {}): Attempt {
  const answer = correct ? "1 + 2" : `wrong ${sample}`;
  return {
    ...{
      problem,
      set: problem,
      novelty: "both new",
      numbers: "3",
      decoding: "sampled",
      text: "?",
      thought: "",
    },
    ...{ sample, correct, answer, outputTokens: 100, ...parts },
  };
}

/** Four samples of two problems: three of four right, and one of four. */
const sampled = [
  ...[true, true, true, false].map((correct, sample) => attempt("a", sample, correct)),
  ...[true, false, false, false].map((correct, sample) => attempt("b", sample, correct)),
];

describe("the results of an arm", () => {
  it("say what more samples come to, with a checker and by majority", () => {
    const rows = byBudget([sampled]);
    expect(rows.map(({ k, tokens }) => [k, tokens])).toEqual([
      [1, 100],
      [2, 200],
      [4, 400],
    ]);
    expect(rows[0]?.checked).toBeCloseTo((3 / 4 + 1 / 4) / 2);
    expect(rows[1]?.checked).toBeCloseTo((1 + 1 / 2) / 2);
    expect(rows[2]?.checked).toBe(1);
    // Three equal votes win; one among four different answers wins a fourth of the time.
    expect(rows[2]?.majority).toBeCloseTo((1 + 1 / 4) / 2);
  });

  it("keep the samples of one seed apart from those of another", () => {
    const right = sampled.map((each) => ({ ...each, correct: true }));
    expect(byBudget([sampled, right])[0]?.checked).toBeCloseTo((1 / 2 + 1) / 2);
  });

  it("are compared at the same tokens, between whole numbers of samples by a straight line", () => {
    const [one, two] = byBudget([sampled]);
    expect(atTokens([sampled], 150)).toMatchObject({ k: 1.5 });
    expect(atTokens([sampled], 150)?.checked).toBeCloseTo(((one?.checked ?? 0) + (two?.checked ?? 0)) / 2);
    expect(atTokens([sampled], 50)).toBeUndefined();
    expect(atTokens([sampled], 401)).toBeUndefined();
  });

  it("have a wider interval where problems share a set of numbers", () => {
    const apart = Array.from({ length: 40 }, (_, index) => attempt(`p${index}`, 0, index % 2 === 0));
    const shared = apart.map((each, index) => ({
      ...each,
      set: `set ${Math.floor(index / 10)}`,
      correct: index < 20,
    }));
    const width = (attempts: Attempt[]) => accuracyOf(attempts).high - accuracyOf(attempts).low;
    expect(accuracyOf(apart).share).toBe(0.5);
    expect(width(shared)).toBeGreaterThan(1.5 * width(apart));
  });

  it("differ by the difference of their shares, with an interval around it", () => {
    const base = Array.from({ length: 100 }, (_, index) => attempt(`p${index}`, 0, index % 4 === 0));
    const arm = base.map((each, index) => ({ ...each, correct: index % 2 === 0 }));
    const { difference, low, high } = differenceOf(arm, base);
    expect(difference).toBeCloseTo(0.25);
    expect(low).toBeGreaterThan(0.1);
    expect(high).toBeLessThan(0.4);
  });
});
