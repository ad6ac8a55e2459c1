import fc from "fast-check";
import { expect, it } from "vitest";
import { hashText, Random } from "./random.ts";

const take = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next());

it("gives the same stream for the same seed and another for another", () => {
  expect(take(new Random(7), 5)).toEqual(take(new Random(7), 5));
  expect(take(new Random(7), 5)).not.toEqual(take(new Random(8), 5));
});

it("never changes: recorded runs depend on these numbers", () => {
  expect(hashText("sojourn")).toMatchInlineSnapshot(`984770935`);
  expect(take(new Random("sojourn"), 3)).toMatchInlineSnapshot(`
    [
      0.1901026088744402,
      0.8098839435260743,
      0.41627687867730856,
    ]
  `);
});

it("forks streams that do not depend on how much of the parent was used", () => {
  const parent = new Random(1);
  const before = take(parent.fork("child"), 4);
  take(parent, 100);
  expect(take(parent.fork("child"), 4)).toEqual(before);
  expect(take(parent.fork("other"), 4)).not.toEqual(before);
});

it("draws whole numbers in bounds, each about as often", () => {
  const random = new Random(3);
  const counts = new Map<number, number>();
  for (let index = 0; index < 60_000; index++) {
    const drawn = random.integer(1, 6);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it("has no visible tie between neighbouring numbers or neighbouring seeds", () => {
  const correlation = (pairs: readonly (readonly [number, number])[]): number =>
    (12 * pairs.reduce((sum, [a, b]) => sum + (a - 0.5) * (b - 0.5), 0)) / pairs.length;
  const stream = take(new Random(11), 40_000);
  const neighbours = stream.slice(1).map((value, index) => [stream[index] ?? 0, value] as const);
  expect(Math.abs(correlation(neighbours))).toBeLessThan(0.02);
  const seeds = Array.from({ length: 40_000 }, (_, seed) => new Random(seed).next());
  const adjacent = seeds.slice(1).map((value, index) => [seeds[index] ?? 0, value] as const);
  expect(Math.abs(correlation(adjacent))).toBeLessThan(0.02);
});

it("shuffles into a permutation", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const shuffled = new Random(seed).shuffle(items);
      expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
    }),
  );
});

it("refuses to pick from nothing", () => {
  expect(() => new Random(1).pick([])).toThrow(RangeError);
});
