import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../thought/random.ts";
import { clusteredProportion } from "./clustered-proportion.ts";
import { proportion } from "./proportion.ts";

const cluster = fc
  .record({ trials: fc.integer({ min: 1, max: 9 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ trials, part }) => ({ trials, right: Math.round(part * trials) }));

describe("a share over trials of several a problem", () => {
  it("is Wilson's where each problem has one trial", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }), (outcomes) => {
        const one = clusteredProportion(outcomes.map((right) => ({ right: Number(right), trials: 1 })));
        const plain = proportion(outcomes.filter(Boolean).length, outcomes.length);
        expect(one).toMatchObject({ right: plain.right, trials: plain.trials, share: plain.share });
        expect(one.low).toBeCloseTo(plain.low, 9);
        expect(one.high).toBeCloseTo(plain.high, 9);
      }),
      { seed: 1 },
    );
  });

  it("counts problems, not trials, where all trials with a problem agree", () => {
    const four = [1, 0, 1, 1, 0, 1, 0, 1, 1, 1].map((right) => ({ right: 4 * right, trials: 4 }));
    const { low, high, right, trials } = clusteredProportion(four);
    const plain = proportion(7, 10);
    expect([right, trials]).toEqual([28, 40]);
    expect([low, high]).toEqual([expect.closeTo(plain.low, 9), expect.closeTo(plain.high, 9)]);
  });

  it("agrees with an effective sample size worked out by hand", () => {
    // Shares 1, 1, 0, 1/2 of two trials: p = 5/8, squares (3/4)^2 twice, (5/4)^2, (1/4)^2 = 2.75, so 15/64 * 64 / 2.75.
    const alike = 15 / 2.75;
    // One degree of freedom less in the variance; Student's 97.5% quantiles for 4.4545 and 3 degrees are 2.669 and 3.182.
    const n = alike * ((alike * 3) / ((alike - 1) * 4)) * (2.669 / 3.182) ** 2;
    const [p, z] = [5 / 8, 1.96];
    const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
    const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
    const { low, high } = clusteredProportion([2, 2, 0, 1].map((right) => ({ right, trials: 2 })));
    expect([low, high]).toEqual([expect.closeTo(centre - half, 2), expect.closeTo(centre + half, 2)]);
  });

  it("takes an estimate of one trial a problem for as many trials as it was made from, at most", () => {
    const estimates = [0.5, 0.5, 0.25, 0.75, 0.5, 0.5].map((right) => ({ right, trials: 1 }));
    const width = (most?: number) => {
      const { low, high } = clusteredProportion(estimates, most);
      return high - low;
    };
    expect(width()).toBeCloseTo(proportion(3, 6).high - proportion(3, 6).low, 9);
    expect(width(24)).toBeLessThan(width());
  });

  it("is never surer than as many independent trials, nor than the problems where all is right", () => {
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 1, maxLength: 40 }), (clusters) => {
        const { low, high, share, trials, right } = clusteredProportion(clusters);
        const plain = proportion(right, trials);
        expect(high - low).toBeGreaterThanOrEqual(plain.high - plain.low - 1e-9);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
      }),
      { seed: 2 },
    );
    expect(clusteredProportion([{ right: 8, trials: 8 }])).toMatchObject({ low: proportion(1, 1).low });
    expect(clusteredProportion([])).toEqual(proportion(0, 0));
  });

  it("holds the true share in 94 to 96 of 100 sets of 100 problems with four trials that resemble each other", () => {
    const random = new Random("coverage of clustered proportions");
    const sets = 400;
    let [held, naive, all] = [0, 0, 0];
    for (let percent = 10; percent <= 90; percent += 10) {
      for (let set = 0; set < sets; set++) {
        // Half of the problems are alike in all trials, the others come out by chance each time.
        const clusters = Array.from({ length: 100 }, () => {
          const fixed = random.chance(0.5) ? random.chance(percent / 100) : undefined;
          const outcomes = Array.from({ length: 4 }, () => fixed ?? random.chance(percent / 100));
          return { right: outcomes.filter(Boolean).length, trials: 4 };
        });
        const { low, high, right, trials } = clusteredProportion(clusters);
        const plain = proportion(right, trials);
        if (low <= percent / 100 && percent / 100 <= high) held++;
        if (plain.low <= percent / 100 && percent / 100 <= plain.high) naive++;
        all++;
      }
    }
    expect(held / all).toBeGreaterThan(0.94);
    expect(held / all).toBeLessThan(0.96);
    // What it is for: trials taken as independent promise too much.
    expect(naive / all).toBeLessThan(0.9);
  });
});
