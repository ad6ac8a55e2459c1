import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { passAtK } from "./pass-at-k.ts";

describe("passAtK", () => {
  it("agrees with cases worked out by hand", () => {
    expect(passAtK(5, 2, 1)).toBeCloseTo(0.4, 14);
    // 1 - C(3, 2) / C(5, 2) = 1 - 3 / 10.
    expect(passAtK(5, 2, 2)).toBeCloseTo(0.7, 14);
    // 1 - C(7, 3) / C(10, 3) = 1 - 35 / 120.
    expect(passAtK(10, 3, 3)).toBeCloseTo(1 - 35 / 120, 14);
  });

  it("is certain where nothing is left to chance", () => {
    expect(passAtK(5, 0, 5)).toBe(0);
    expect(passAtK(5, 1, 5)).toBe(1);
    expect(passAtK(5, 5, 1)).toBe(1);
    expect(passAtK(5, 3, 3)).toBe(1);
  });

  it("agrees with the binomial coefficients", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (samples, part, reach) => {
          const right = Math.round(part * samples);
          const k = Math.max(1, Math.round(reach * samples));
          const exact = 1 - Number(choose(samples - right, k)) / Number(choose(samples, k));
          expect(passAtK(samples, right, k)).toBeCloseTo(exact, 10);
        },
      ),
    );
  });

  it("holds for samples whose binomial coefficients are beyond a double", () => {
    expect(passAtK(10_000, 5000, 1)).toBeCloseTo(0.5, 14);
    expect(passAtK(1_000_000, 1, 500_000)).toBeCloseTo(0.5, 12);
    expect(passAtK(10_000, 100, 100)).toBeCloseTo(1 - Math.exp(logMissed(10_000, 100, 100)), 12);
  });

  it("is right on average for samples drawn at random", () => {
    const random = new Random("pass@k");
    let sum = 0;
    for (let trial = 0; trial < 4000; trial++) {
      let right = 0;
      for (let sample = 0; sample < 20; sample++) if (random.chance(0.15)) right++;
      sum += passAtK(20, right, 5);
    }
    expect(Math.abs(sum / 4000 - (1 - 0.85 ** 5))).toBeLessThan(0.01);
  });

  it("refuses more samples than were drawn and more right ones than samples", () => {
    expect(() => passAtK(5, 2, 6)).toThrow("pass@6 needs 6 samples");
    expect(() => passAtK(5, 2, 0)).toThrow(RangeError);
    expect(() => passAtK(5, 6, 1)).toThrow("0 to 5 right, not 6");
    expect(() => passAtK(5, 1.5, 1)).toThrow(RangeError);
  });
});

function choose(n: number, k: number): bigint {
  if (k > n) return 0n;
  let ways = 1n;
  for (let step = 1; step <= k; step++) ways = (ways * BigInt(n - k + step)) / BigInt(step);
  return ways;
}

function logMissed(samples: number, right: number, k: number): number {
  let sum = 0;
  for (let draw = 0; draw < k; draw++) sum += Math.log1p(-right / (samples - draw));
  return sum;
}
