import { z } from "zod";

/** A bigram model as it is kept in a file: how often each shape followed each other. */
export const bigramModelSchema = z.strictObject({
  /** `counts[previous][next]`. */
  counts: z.record(z.string(), z.record(z.string(), z.int().positive())),
});
export type BigramModelFile = z.infer<typeof bigramModelSchema>;

const start = "<start>";
const end = "<end>";
/** How much a shape's probability owes to the shape before it; the rest, to how many shapes it was seen after. */
const trust = 0.5;
/** Contexts that a shape never seen counts for. */
const unseen = 0.1;

/** Counts the bigrams of sequences of shapes. */
export function countBigrams(sequences: Iterable<readonly string[]>): BigramModelFile {
  const counts: BigramModelFile["counts"] = {};
  for (const sequence of sequences) {
    for (const [previous, next] of pairsOf(sequence)) {
      counts[previous] ??= {};
      counts[previous][next] = (counts[previous][next] ?? 0) + 1;
    }
  }
  return { counts };
}

/**
 * A bigram model mixed with the continuation model of Kneser and Ney (1995), in which a shape is likely when it was seen
 * after many different shapes, not when it was merely frequent. The mixture is fixed (Jelinek and Mercer, 1980): in
 * text made of few templates, discounting would make every new order of known words next to impossible.
 */
export class BigramModel {
  readonly #counts: Map<string, Map<string, number>>;
  readonly #totals: Map<string, number>;
  /** After how many different shapes each shape was seen. */
  readonly #contexts = new Map<string, number>();
  #pairs = 0;

  constructor({ counts }: BigramModelFile) {
    this.#counts = new Map(
      Object.entries(counts).map(([previous, row]) => [previous, new Map(Object.entries(row))]),
    );
    this.#totals = new Map(
      [...this.#counts].map(([previous, row]) => [
        previous,
        [...row.values()].reduce((sum, count) => sum + count, 0),
      ]),
    );
    for (const row of this.#counts.values()) {
      this.#pairs += row.size;
      for (const next of row.keys()) this.#contexts.set(next, (this.#contexts.get(next) ?? 0) + 1);
    }
  }

  /** Mean surprise in bits for each shape of a sequence, its end included. */
  surprise(sequence: readonly string[]): number {
    let bits = 0;
    for (const [previous, next] of pairsOf(sequence)) bits -= Math.log2(this.#probability(previous, next));
    return bits / (sequence.length + 1);
  }

  #probability(previous: string, next: string): number {
    const continuation =
      ((this.#contexts.get(next) ?? 0) + unseen) / (this.#pairs + unseen * (this.#contexts.size + 1));
    const total = this.#totals.get(previous);
    if (total === undefined) return continuation;
    const following = (this.#counts.get(previous)?.get(next) ?? 0) / total;
    return trust * following + (1 - trust) * continuation;
  }
}

function* pairsOf(sequence: readonly string[]): Generator<[string, string]> {
  let previous = start;
  for (const next of sequence) {
    yield [previous, next];
    previous = next;
  }
  yield [previous, end];
}
