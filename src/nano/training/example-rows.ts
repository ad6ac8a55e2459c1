import type { PackedRows } from "./packing.ts";

/** A sequence for training, with what is learnt of it. */
export interface ExampleTokens {
  readonly ids: readonly number[];
  /** 1 for each token that is learnt. */
  readonly learnt: readonly (0 | 1)[];
  /** Further numbers of each token, as the objective wants them. */
  readonly columns?: readonly ArrayLike<number>[];
}

/** Rows of one sequence each: examples that stay apart, such as the two of a pair. None may be longer than the context. */
export function exampleRows(examples: readonly ExampleTokens[], context: number): PackedRows {
  const size = examples.length * context;
  const columns = examples[0]?.columns?.map(() => new Float32Array(size)) ?? [];
  const packed = {
    rows: examples.length,
    context,
    tokens: new Uint16Array(size),
    segments: new Uint8Array(size),
    mask: new Uint8Array(size),
    columns,
  };
  for (const [row, { ids, learnt, columns: values = [] }] of examples.entries()) {
    const start = row * context;
    if (ids.length > context) throw new RangeError(`an example of ${ids.length} tokens is longer than a row`);
    packed.tokens.set(ids, start);
    packed.segments.fill(1, start, start + ids.length);
    packed.mask.set(learnt, start);
    for (const [which, column] of values.entries()) columns[which]?.set(column, start);
  }
  return packed;
}

/**
 * Shares units (each one example, or the two of a pair) out over logical shards: the longest first, each to the shard that has
 * the fewest tokens so far. The same units always give the same shards.
 */
export function shardUnits<Unit extends readonly ExampleTokens[]>(
  units: readonly Unit[],
  shards: number,
): ExampleTokens[][] {
  const parts = Array.from({ length: shards }, () => ({ tokens: 0, examples: [] as ExampleTokens[] }));
  const sizeOf = (unit: Unit): number => unit.reduce((sum, { ids }) => sum + ids.length, 0);
  for (const unit of units.toSorted((one, other) => sizeOf(other) - sizeOf(one))) {
    const lightest = parts.reduce((best, part) => (part.tokens < best.tokens ? part : best));
    lightest.examples.push(...unit);
    lightest.tokens += sizeOf(unit);
  }
  return parts.map(({ examples }) => examples);
}
