import fc from "fast-check";
import { expect, test } from "vitest";
import { copyRows } from "./copy-training.ts";
import { batchesOf, batchPairs, pairBatchesOf, type Sequence, sequencesOf } from "./repack.ts";

const sequence = (length: number): Sequence => ({
  tokens: new Uint16Array(length),
  mask: new Uint8Array(length),
});

test("finds the examples of a row and leaves its padding out", () => {
  const lengths = sequencesOf(copyRows(4, 1)).map(({ tokens }) => tokens.length);
  expect(lengths).toEqual([24, 20, 14, 10, 9, 8, 7]);
});

test("puts every sequence into exactly one row that it fits into", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 384 }), { maxLength: 60 }), (lengths) => {
      const sequences = lengths.map(sequence);
      const batches = batchesOf(sequences, 384);
      const placed = batches.flatMap(({ rows }) => rows.flat());
      expect(new Set(placed).size).toBe(sequences.length);
      expect(placed.length).toBe(sequences.length);
      for (const { length, rows } of batches) {
        for (const row of rows) {
          expect(row.reduce((sum, { tokens }) => sum + tokens.length, 0)).toBeLessThanOrEqual(length);
        }
      }
    }),
  );
});

test("keeps short sequences out of long rows unless these have room to spare", () => {
  const batches = batchesOf([300, 180, 190, 100, 92].map(sequence), 384);
  const rows = batches.flatMap(({ length, rows }) =>
    rows.map((row) => [length, ...row.map(({ tokens }) => tokens.length)]),
  );
  expect(rows).toEqual([
    [384, 300],
    [192, 190],
    [192, 180],
    [192, 100, 92],
  ]);
});

test("keeps the two of a pair in one batch, each in a row that has room for it", () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 384 }), fc.integer({ min: 1, max: 384 }));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
      const sequences = pairs.flat().map(sequence);
      const batches = pairBatchesOf(sequences, 384);
      expect(batches.flatMap(({ rows }) => rows.flat())).toHaveLength(sequences.length);
      for (const { length, rows } of batches) {
        const placed = new Set(rows.flat());
        expect(placed.size).toBeLessThanOrEqual(2 * batchPairs);
        for (const row of rows)
          expect(row.reduce((sum, { tokens }) => sum + tokens.length, 0)).toBeLessThanOrEqual(length);
        for (const [index, chosen] of sequences.entries()) {
          const rejected = sequences[index + 1];
          if (index % 2 === 0 && rejected) expect(placed.has(chosen)).toBe(placed.has(rejected));
        }
      }
      for (const length of [192, 384])
        expect(
          new Set(batches.filter((batch) => batch.length === length).map(({ rows }) => rows.length)).size,
        ).toBeLessThan(2);
    }),
  );
});
