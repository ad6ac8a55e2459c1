import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../thought/random.ts";
import { betaCumulative, drawBeta } from "./beta-distribution.ts";

/** P(Beta(a, b) <= x) for whole a and b: at least a of a + b - 1 coins that each fall with chance x. */
function byCoins(a: number, b: number, x: number): number {
  const coins = a + b - 1;
  let sum = 0;
  for (let heads = a; heads <= coins; heads++) {
    let ways = 1;
    for (let index = 0; index < heads; index++) ways *= (coins - index) / (index + 1);
    sum += ways * x ** heads * (1 - x) ** (coins - heads);
  }
  return sum;
}

const shapes = fc.integer({ min: 1, max: 60 });
const within = fc.double({ min: 0, max: 1, noNaN: true });

test("the cumulative beta is the binomial tail for whole shapes", () => {
  fc.assert(
    fc.property(shapes, shapes, within, (a, b, x) => {
      expect(betaCumulative(a, b, x)).toBeCloseTo(byCoins(a, b, x), 10);
    }),
  );
});

test("the cumulative beta is exact where it has a closed form, for shapes that are not whole too", () => {
  expect(betaCumulative(0.5, 0.5, 0.2)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.2)), 12);
  expect(betaCumulative(2.7, 1, 0.6)).toBeCloseTo(0.6 ** 2.7, 12);
  expect(betaCumulative(1, 0.3, 0.6)).toBeCloseTo(1 - 0.4 ** 0.3, 12);
  expect(betaCumulative(3000.5, 3000.5, 0.5)).toBeCloseTo(0.5, 10);
});

test("the cumulative beta rises from 0 to 1", () => {
  const shape = fc.double({ min: 0.05, max: 500, noNaN: true });
  fc.assert(
    fc.property(shape, shape, within, within, (a, b, x, y) => {
      const [low, high] = [betaCumulative(a, b, Math.min(x, y)), betaCumulative(a, b, Math.max(x, y))];
      expect(low).toBeLessThanOrEqual(high + 1e-12);
      expect(low).toBeGreaterThanOrEqual(-1e-12);
      expect(high).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

test.each([
  [0.5, 0.5],
  [1, 1],
  [9, 1],
  [3.5, 12.25],
])("draws from Beta(%d, %d) have its distribution", (a, b) => {
  const random = new Random("draws");
  const draws = Array.from({ length: 20_000 }, () => drawBeta(random, a, b));
  for (const x of [0.1, 0.3, 0.5, 0.8, 0.95]) {
    const share = draws.filter((draw) => draw <= x).length / draws.length;
    expect(Math.abs(share - betaCumulative(a, b, x))).toBeLessThan(0.015);
  }
});

test("the same seed draws the same, tiny shapes included", () => {
  const draw = () => {
    const random = new Random(7);
    return [drawBeta(random, 1e-4, 1e-4), drawBeta(random, 2, 3), drawBeta(random, 0.5, 40)];
  };
  expect(draw()).toEqual(draw());
  for (const value of draw()) expect(value >= 0 && value <= 1).toBe(true);
});
