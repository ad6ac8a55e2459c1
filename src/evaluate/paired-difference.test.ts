import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDifference, pairedDifference } from "./paired-difference.ts";

const outcomes = (both: number, first: number, second: number, neither: number): [boolean, boolean][] => [
  ...Array.from({ length: both }, (): [boolean, boolean] => [true, true]),
  ...Array.from({ length: first }, (): [boolean, boolean] => [true, false]),
  ...Array.from({ length: second }, (): [boolean, boolean] => [false, true]),
  ...Array.from({ length: neither }, (): [boolean, boolean] => [false, false]),
];

describe("pairedDifference", () => {
  it("agrees with the examples in Newcombe's paper", () => {
    const first = pairedDifference(outcomes(36, 12, 2, 0));
    expect(first.difference).toBeCloseTo(0.2, 4);
    expect(first.low).toBeCloseTo(0.0569, 4);
    expect(first.high).toBeCloseTo(0.3404, 4);
    const second = pairedDifference(outcomes(54, 0, 0, 0));
    expect([second.difference, second.low, second.high].map((value) => value.toFixed(4))).toEqual([
      "0.0000",
      "-0.0664",
      "0.0664",
    ]);
  });

  it("changes its sign with the order", () => {
    const counts = fc.nat(60);
    fc.assert(
      fc.property(counts, counts, counts, counts, (both, first, second, neither) => {
        const pairs = outcomes(both, first, second, neither);
        const there = pairedDifference(pairs);
        const back = pairedDifference(pairs.map(([one, other]) => [other, one]));
        expect(there.difference).toBeCloseTo(-back.difference, 10);
        expect(there.low).toBeCloseTo(-back.high, 10);
        expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12);
        expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12);
        expect(there.low).toBeGreaterThanOrEqual(-1.0000001);
        expect(there.high).toBeLessThanOrEqual(1.0000001);
      }),
    );
  });

  it("is formatted in points with its sign", () => {
    expect(formatDifference({ difference: 0.124, low: -0.0981, high: 0.3 })).toBe(
      "+12.4 points (-9.8 to 30.0)",
    );
    expect(formatDifference({ difference: -0.05, low: -0.1, high: 0 })).toBe("-5.0 points (-10.0 to 0.0)");
  });
});
