import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { bestAtK, type RewardedSample } from "./best-at-k.ts";
import { passAtK } from "./pass-at-k.ts";

const sample = (reward: number, value: number): RewardedSample => ({ reward, value });

describe("bestAtK", () => {
  it("agrees with a case worked out by hand", () => {
    // Of the 6 pairs the best is .9 three times (wrong), .5 twice (right), .3 once (wrong).
    const samples = [sample(0.5, 1), sample(0.1, 1), sample(0.9, 0), sample(0.3, 0)];
    expect(bestAtK(samples, 2)).toBeCloseTo(2 / 6, 14);
    expect(bestAtK(samples, 1)).toBeCloseTo(2 / 4, 14);
    expect(bestAtK(samples, 4)).toBe(0);
  });

  it("splits what equal rewards bring", () => {
    expect(bestAtK([sample(1, 1), sample(1, 0), sample(0, 0)], 3)).toBeCloseTo(0.5, 14);
    // Of the 3 pairs one is both of reward 1, two have one of them.
    expect(bestAtK([sample(1, 1), sample(1, 0), sample(0, 0)], 2)).toBeCloseTo(0.5, 14);
  });

  it("is pass@k where the reward knows what is right, and the mean where it knows nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), fc.nat(), (outcomes, number) => {
        const k = 1 + (number % outcomes.length);
        const right = outcomes.filter(Boolean).length;
        const knowing = outcomes.map((outcome) => sample(Number(outcome), Number(outcome)));
        expect(bestAtK(knowing, k)).toBeCloseTo(passAtK(outcomes.length, right, k), 10);
        const blind = outcomes.map((outcome) => sample(0.5, Number(outcome)));
        expect(bestAtK(blind, k)).toBeCloseTo(right / outcomes.length, 10);
      }),
    );
  });

  it("agrees with the mean over all subsets", () => {
    const small = fc.record({
      reward: fc.integer({ min: 0, max: 4 }),
      value: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 8 }), fc.nat(), (samples, number) => {
        const k = 1 + (number % samples.length);
        expect(bestAtK(samples, k)).toBeCloseTo(overAllSubsets(samples, k), 10);
      }),
    );
  });

  it("agrees with resampling", () => {
    const random = new Random("best@k");
    const samples = Array.from({ length: 100 }, () => sample(random.next(), Number(random.chance(0.4))));
    let sum = 0;
    for (let trial = 0; trial < 3000; trial++) {
      const drawn = random.shuffle(samples).slice(0, 4);
      sum += drawn.reduce((best, other) => (other.reward > best.reward ? other : best)).value;
    }
    expect(Math.abs(sum / 3000 - bestAtK(samples, 4))).toBeLessThan(0.03);
  });

  it("refuses what it cannot choose from", () => {
    expect(() => bestAtK([sample(1, 1)], 2)).toThrow("best@2 needs 2 samples");
    expect(() => bestAtK([sample(1, 1)], 0)).toThrow(RangeError);
    expect(() => bestAtK([sample(Number.NaN, 1)], 1)).toThrow("not a number");
  });
});

function overAllSubsets(samples: readonly RewardedSample[], k: number): number {
  let [sum, count] = [0, 0];
  for (let mask = 0; mask < 2 ** samples.length; mask++) {
    const chosen = samples.filter((_, index) => (mask >> index) & 1);
    if (chosen.length !== k) continue;
    const most = Math.max(...chosen.map(({ reward }) => reward));
    const best = chosen.filter(({ reward }) => reward === most);
    sum += best.reduce((total, { value }) => total + value, 0) / best.length;
    count++;
  }
  return sum / count;
}
