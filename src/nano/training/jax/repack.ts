import type { PackedRows } from "../packing.ts";

/** One example out of a row: its tokens, and which of them are learnt. */
export interface Sequence {
  readonly tokens: Uint16Array;
  /** 1 where a token is to be predicted from those before it. */
  readonly mask: Uint8Array;
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
export function sequencesOf({ rows, context, tokens, segments, mask }: PackedRows): Sequence[] {
  const sequences: Sequence[] = [];
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * context;
    for (let from = row * context, to = from; from < end; from = to) {
      while (to < end && segments[to] === segments[from]) to++;
      if (segments[from] !== 0)
        sequences.push({ tokens: tokens.subarray(from, to), mask: mask.subarray(from, to) });
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
