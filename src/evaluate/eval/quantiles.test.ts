import fc from "fast-check";
import { expect, test } from "vitest";
import { quantilesOf } from "./quantiles.ts";

test("percentiles are by the nearest rank", () => {
  const values = Array.from({ length: 200 }, (_, place) => 200 - place);
  expect(quantilesOf(values)).toEqual({ mean: 100.5, p50: 100, p90: 180, p99: 198, max: 200 });
  expect(quantilesOf([7])).toEqual({ mean: 7, p50: 7, p90: 7, p99: 7, max: 7 });
  expect(quantilesOf([])).toEqual({ mean: 0, p50: 0, p90: 0, p99: 0, max: 0 });
});

test("each percentile is a value that occurred, and at least that share of the values is not above it", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (values) => {
      const { p50, p90, p99, max } = quantilesOf(values);
      for (const [share, quantile] of [
        [0.5, p50],
        [0.9, p90],
        [0.99, p99],
        [1, max],
      ] as const) {
        expect(values).toContain(quantile);
        expect(values.filter((value) => value <= quantile).length).toBeGreaterThanOrEqual(
          share * values.length,
        );
        expect(values.filter((value) => value < quantile).length).toBeLessThanOrEqual(share * values.length);
      }
    }),
    { seed: 3 },
  );
});
