import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { mcnemarTest } from "./mcnemar.ts";

describe("mcnemarTest", () => {
  it("agrees with cases worked out by hand", () => {
    // 2 * (C(6, 0)) / 2^6; 2 * (1 + 10 + 45) / 2^10; 2 * (1 + 8) / 2^8.
    expect(mcnemarTest(6, 0)).toBeCloseTo(2 / 64, 14);
    expect(mcnemarTest(2, 8)).toBeCloseTo(112 / 1024, 14);
    expect(mcnemarTest(1, 7)).toBeCloseTo(18 / 256, 14);
  });

  it("finds no difference where there is none to see", () => {
    expect(mcnemarTest(0, 0)).toBe(1);
    expect(mcnemarTest(5, 5)).toBe(1);
    expect(mcnemarTest(1, 0)).toBeCloseTo(1, 12);
    expect(mcnemarTest(4, 5)).toBeCloseTo(1, 12);
  });

  it("agrees with the sum in whole numbers, whichever comes first", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (fixed, broken) => {
        const value = mcnemarTest(fixed, broken);
        const exact = byWholeNumbers(fixed, broken);
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-10 * exact);
        expect(mcnemarTest(broken, fixed)).toBe(value);
      }),
    );
  });

  it("stays a probability for big counts and comes near the normal distribution", () => {
    // 500,000 against 501,960 differ by 1.9571 standard deviations after the continuity correction.
    expect(mcnemarTest(500_000, 501_960)).toBeCloseTo(0.05034, 4);
    expect(mcnemarTest(1_000_000_000, 1_000_000_000)).toBe(1);
    expect(mcnemarTest(0, 1_000_000)).toBe(0);
    expect(mcnemarTest(999, 1_000_000)).toBe(0);
  });

  it("calls a fair coin unfair in no more than the share of cases that it names", () => {
    const random = new Random("mcnemar");
    let rejected = 0;
    for (let trial = 0; trial < 4000; trial++) {
      let fixed = 0;
      for (let problem = 0; problem < 120; problem++) if (random.chance(0.5)) fixed++;
      if (mcnemarTest(fixed, 120 - fixed) < 0.05) rejected++;
    }
    // The exact test is careful: at 120 problems its true level is 4.4%.
    expect(rejected / 4000).toBeGreaterThan(0.03);
    expect(rejected / 4000).toBeLessThan(0.05);
  });

  it("refuses what is no count", () => {
    for (const count of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => mcnemarTest(count, 3)).toThrow(RangeError);
  });
});

function byWholeNumbers(fixed: number, broken: number): number {
  const all = fixed + broken;
  let tail = 0n;
  let ways = 1n;
  for (let count = 0; count <= Math.min(fixed, broken); count++) {
    tail += ways;
    ways = (ways * BigInt(all - count)) / BigInt(count + 1);
  }
  // 60 binary digits more than the quotient needs, so that a tiny one keeps its digits.
  const scale = 10n ** 400n;
  const digits = ((2n * tail * scale) / 2n ** BigInt(all)).toString();
  return Math.min(1, Number(`${digits.slice(0, 17)}e${digits.length - Math.min(17, digits.length) - 400}`));
}
