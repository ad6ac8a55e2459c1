import type { PackedRows } from "../packing.ts";

/** One example out of a row: its tokens, and which of them are learnt. */
export interface Sequence {
  readonly tokens: Uint16Array;
  /** 1 where a token is to be predicted from those before it. */
  readonly mask: Uint8Array;
  /** Further numbers of each token, see {@link PackedRows}. */
  readonly columns?: readonly Float32Array[] | undefined;
}

/** Rows of one length that go through the model together; a row is its sequences one after the other, then padding. */
export interface RowBatch {
  readonly length: number;
  readonly rows: readonly (readonly Sequence[])[];
}

/** Tokens of one batch at most: enough to keep the products busy, few enough to stay near the caches. */
const batchTokens = 960;

/** Length of the rows of sequences that are no longer than this. Attention costs in proportion to the length of a row. */
const shortLength = 192;

/** The examples of packed rows, in their order; padding is left out. */
export function sequencesOf({ rows, context, tokens, segments, mask, columns }: PackedRows): Sequence[] {
  const sequences: Sequence[] = [];
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * context;
    for (let from = row * context, to = from; from < end; from = to) {
      while (to < end && segments[to] === segments[from]) to++;
      if (segments[from] !== 0)
        sequences.push({
          tokens: tokens.subarray(from, to),
          mask: mask.subarray(from, to),
          ...(columns && { columns: columns.map((column) => column.subarray(from, to)) }),
        });
    }
  }
  return sequences;
}

/**
 * Packs sequences anew into rows, each as short as its longest sequence allows, and rows into batches. The order of examples
 * in a batch is of no consequence to their summed loss, the length of rows is to its cost: most examples are much shorter than
 * the longest. The same sequences always give the same batches.
 */
export function batchesOf(sequences: readonly Sequence[], context: number): RowBatch[] {
  const short = Math.min(shortLength, context);
  const bins: { length: number; used: number; sequences: Sequence[] }[] = [];
  for (const sequence of sequences.toSorted((a, b) => b.tokens.length - a.tokens.length)) {
    const size = sequence.tokens.length;
    const found = bins.find(({ length, used }) => used + size <= length);
    const bin = found ?? { length: size <= short ? short : context, used: 0, sequences: [] };
    if (found === undefined) bins.push(bin);
    bin.sequences.push(sequence);
    bin.used += size;
  }
  const lengths = [...new Set([context, short])];
  return lengths.flatMap((length) => {
    const rows = bins.filter((bin) => bin.length === length).map((bin) => bin.sequences);
    return evenGroups(rows, Math.max(1, Math.floor(batchTokens / length))).map((group) => ({
      length,
      rows: group,
    }));
  });
}

/** Groups of at most `most`, as few as can be and of nearly the same size. */
function evenGroups<Item>(items: readonly Item[], most: number): Item[][] {
  const groups = Math.ceil(items.length / most);
  const bound = (group: number) => Math.floor((group * items.length) / groups);
  return Array.from({ length: groups }, (_, group) => items.slice(bound(group), bound(group + 1)));
}

/** Most pairs of one batch of {@link pairBatchesOf}. */
export const batchPairs = 12;

/**
 * Packs pairs of sequences, the first and the second, the third and the fourth and so on, into batches that hold both of each
 * pair. All batches of the same length have as many rows, the last ones maybe empty, so that few shapes are compiled.
 * The same sequences always give the same batches.
 */
export function pairBatchesOf(sequences: readonly Sequence[], context: number): RowBatch[] {
  const pairs = sequences.flatMap((first, index) => {
    const second = sequences[index + 1];
    return index % 2 === 0 && second !== undefined ? [[first, second] as const] : [];
  });
  const longest = (pair: readonly Sequence[]): number => Math.max(...pair.map(({ tokens }) => tokens.length));
  const short = Math.min(shortLength, context);
  const batches: { length: number; rows: Sequence[][]; pairs: number }[] = [];
  for (const pair of pairs.toSorted((one, other) => longest(other) - longest(one))) {
    const found = batches.find(
      (batch) => batch.length >= longest(pair) && batch.pairs < batchPairs && placeAll(pair, batch),
    );
    if (found !== undefined) {
      found.pairs++;
      continue;
    }
    const length = longest(pair) <= short ? short : context;
    const rows = Array.from({ length: Math.max(2, Math.floor(batchTokens / length)) }, (): Sequence[] => []);
    const batch = { length, rows, pairs: 1 };
    placeAll(pair, batch);
    batches.push(batch);
  }
  return batches;
}

/** Puts all of some sequences into the first rows that have room for them, or none. */
function placeAll(
  sequences: readonly Sequence[],
  { length, rows }: { length: number; rows: Sequence[][] },
): boolean {
  const used = rows.map((row) => row.reduce((sum, { tokens }) => sum + tokens.length, 0));
  const places = sequences.map(({ tokens }) => {
    const place = used.findIndex((size) => size + tokens.length <= length);
    if (place !== -1) used[place]! += tokens.length;
    return place;
  });
  if (places.includes(-1)) return false;
  for (const [index, place] of places.entries()) rows[place]?.push(sequences[index] as Sequence);
  return true;
}
