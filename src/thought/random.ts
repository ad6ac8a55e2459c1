const wordRange = 2 ** 32;

/** Scrambles a 32-bit word so that neighbouring inputs give unrelated outputs (the lowbias32 finaliser). */
function scramble(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * A 32-bit hash of a text (FNV-1a over UTF-16 units, then scrambled), the same on every machine.
 *
 * @param text what to hash
 * @param basis another basis gives an unrelated hash; default the usual FNV offset
 * @returns an integer from 0 to 2^32 - 1
 */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scramble(hash);
}

/**
 * Seeded randomness without hidden state: the n-th number is a function of the key and n alone, so a stream
 * can be split by label (`fork`) into streams that do not depend on how much of the parent was used.
 * Not for cryptography.
 */
export class Random {
  readonly #low: number;
  readonly #high: number;
  #drawn = 0;

  /** @param seed a number or any text; the same seed gives the same stream everywhere */
  constructor(seed: number | string) {
    this.#low = hashText(String(seed));
    this.#high = hashText(String(seed), 0x9747b28c);
  }

  /** The next number, uniform in [0, 1) in steps of 2^-32. */
  next(): number {
    this.#drawn++;
    return scramble(scramble(Math.imul(this.#drawn, 0x9e3779b9) + this.#low) ^ this.#high) / wordRange;
  }

  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items, each as likely. Throws a RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError("cannot pick from an empty list");
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** The items in a random order, as a new array. */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, rank: this.next() }));
    return keyed.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  }

  /** An independent stream named by `label`: the same label always gives the same stream. */
  fork(label: string | number): Random {
    return new Random(`${this.#low}/${this.#high}/${label}`);
  }
}
