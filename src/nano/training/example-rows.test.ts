import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleRows, shardUnits } from "./example-rows.ts";
import { sequencesOf } from "./jax/repack.ts";

const example = (length: number, id = 1) => ({
  ids: Array.from({ length }, () => id),
  learnt: Array.from({ length }, (_, index): 0 | 1 => (index > 0 ? 1 : 0)),
  columns: [Array.from({ length }, (_, index) => index / 10)],
});

test("is found again sequence by sequence, with its columns", () => {
  const examples = [example(3, 7), example(5, 8)];
  const sequences = sequencesOf(exampleRows(examples, 6));
  expect(sequences.map(({ tokens }) => [...tokens])).toEqual(examples.map(({ ids }) => ids));
  expect(sequences.map(({ mask }) => [...mask])).toEqual(examples.map(({ learnt }) => learnt));
  expect([...(sequences[1]?.columns?.[0] ?? [])][4]).toBeCloseTo(0.4, 6);
});

test("refuses a sequence that is longer than a row", () => {
  expect(() => exampleRows([example(7)], 6)).toThrow(RangeError);
});

test("shares units out whole, so that no shard has more than the largest unit above another", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 4 }), (sizes, count) => {
      const units = sizes.map((size, index) => [example(size, index), example(size, index)]);
      const shards = shardUnits(units, count);
      expect(shards).toHaveLength(count);
      expect(shards.flat()).toHaveLength(2 * sizes.length);
      for (const shard of shards)
        for (let index = 0; index < shard.length; index += 2)
          expect(shard[index]?.ids[0]).toBe(shard[index + 1]?.ids[0]);
      const tokens = shards.map((shard) => shard.reduce((sum, { ids }) => sum + ids.length, 0));
      expect(Math.max(...tokens) - Math.min(...tokens)).toBeLessThanOrEqual(2 * Math.max(...sizes));
    }),
  );
});
