import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { formatProportion, proportion } from "./proportion.ts";

describe("proportion", () => {
  it("agrees with Wilson's interval worked out elsewhere", () => {
    const { low, high } = proportion(8, 10);
    expect(low).toBeCloseTo(0.4901625, 6);
    expect(high).toBeCloseTo(0.9433178, 6);
  });

  it("knows nothing without trials", () => {
    expect(proportion(0, 0)).toEqual({ right: 0, trials: 0, share: 0, low: 0, high: 1 });
  });

  it("keeps the share inside the interval and the interval inside [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, part) => {
          const { low, share, high } = proportion(Math.round(part * trials), trials);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
          expect(high).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("holds the true share in 94 to 96 of 100 sets of 100 trials, over shares from .05 to .95", () => {
    const random = new Random("coverage of proportions");
    const sets = 500;
    let [held, all] = [0, 0];
    for (let percent = 5; percent <= 95; percent += 5)
      for (let set = 0; set < sets; set++) {
        let right = 0;
        for (let trial = 0; trial < 100; trial++) if (random.chance(percent / 100)) right++;
        const { low, high } = proportion(right, 100);
        if (low <= percent / 100 && percent / 100 <= high) held++;
        all++;
      }
    expect(held / all).toBeGreaterThanOrEqual(0.94);
    expect(held / all).toBeLessThanOrEqual(0.96);
  });

  it("formats as percent with the interval", () => {
    expect(formatProportion(proportion(476, 500))).toBe("95.2% (93.0 to 96.8)");
  });
});
