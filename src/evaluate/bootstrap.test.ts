import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { bootstrapDifference } from "./bootstrap.ts";

const pairsOf = (differences: readonly number[]): [number, number][] =>
  differences.map((difference, index) => [index + difference, index]);

describe("bootstrapDifference", () => {
  it("agrees with the normal interval for many values without skew", () => {
    const pairs = pairsOf(Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 3 : -1)));
    const { difference, low, high } = bootstrapDifference(pairs, { seed: 1, resamples: 4000 });
    expect(difference).toBe(1);
    // 1 -+ 1.96 * 2 / sqrt(400).
    expect(low).toBeCloseTo(0.804, 1);
    expect(high).toBeCloseTo(1.196, 1);
  });

  it("leans towards the long tail", () => {
    const pairs = pairsOf(Array.from({ length: 60 }, (_, index) => (index % 10 === 0 ? 50 : index % 3)));
    const { difference, low, high } = bootstrapDifference(pairs, { seed: 1, resamples: 2000 });
    expect(high - difference).toBeGreaterThan(1.2 * (difference - low));
  });

  it("gives the same interval for the same seed, and another for another", () => {
    const random = new Random("pairs");
    const pairs = pairsOf(Array.from({ length: 50 }, () => random.next()));
    const one = bootstrapDifference(pairs, { seed: "one", resamples: 500 });
    expect(bootstrapDifference(pairs, { seed: "one", resamples: 500 })).toEqual(one);
    expect(bootstrapDifference(pairs, { seed: "other", resamples: 500 })).not.toEqual(one);
  });

  it("resamples problems, not answers: what both share does not widen the interval", () => {
    const random = new Random("shared");
    const apart = Array.from({ length: 100 }, () => random.next());
    const hard = apart.map((value): [number, number] => [1000 * value + 1 + value, 1000 * value]);
    const { low, high } = bootstrapDifference(hard, { seed: 1, resamples: 500 });
    expect(high - low).toBeLessThan(0.2);
  });

  it("has no width where nothing differs, and no end where there is too little", () => {
    const same = bootstrapDifference(pairsOf([2, 2, 2]), { seed: 1 });
    expect(same).toEqual({ difference: 2, low: 2, high: 2 });
    const infinite = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    expect(bootstrapDifference([[3, 1]], { seed: 1 })).toEqual({ difference: 2, ...infinite });
    expect(bootstrapDifference([], { seed: 1 })).toEqual({ difference: 0, ...infinite });
    expect(() => bootstrapDifference([], { seed: 1, resamples: 99 })).toThrow(RangeError);
  });

  it("holds the true difference in 93 to 97 of 100 sets of 100 problems", () => {
    const random = new Random("coverage");
    const exponential = (): number => -Math.log(1 - random.next());
    /** Kinds of differences by name, with their true mean: answers fixed and broken, even values, and skewed ones. */
    const kinds: [() => number, number][] = [
      [() => fixedOrBroken(random.next(), 0.15, 0.1), 0.05],
      [() => fixedOrBroken(random.next(), 0.3, 0.3), 0],
      [() => random.next() + random.next() + random.next(), 1.5],
      [() => exponential() - exponential() / 4, 0.75],
    ];
    let held = 0;
    const trials = 250;
    for (const [draw, truth] of kinds)
      for (let trial = 0; trial < trials; trial++) {
        const pairs = Array.from({ length: 100 }, (): [number, number] => [draw(), 0]);
        const { low, high } = bootstrapDifference(pairs, { seed: trial, resamples: 250 });
        if (low <= truth && truth <= high) held++;
      }
    const coverage = held / (kinds.length * trials);
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
  });
});

function fixedOrBroken(chance: number, fixed: number, broken: number): number {
  if (chance < fixed) return 1;
  return chance < fixed + broken ? -1 : 0;
}
