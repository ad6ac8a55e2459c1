import { type Page, type PagePool, pageTokens } from "./page-pool.ts";

/** Tokens with the pages that hold the keys and values of those computed so far. */
export class Sequence {
  readonly tokens: number[];
  readonly #pool: PagePool;
  readonly #pages: Page[] = [];
  #computed = 0;

  /** A sequence of which nothing is computed yet. */
  constructor(pool: PagePool, tokens: readonly number[]) {
    this.#pool = pool;
    this.tokens = [...tokens];
  }

  /** A sequence whose beginning is taken from the cache as far as possible; its last token is always left to compute. */
  static start(pool: PagePool, tokens: readonly number[]): Sequence {
    const sequence = new Sequence(pool, tokens);
    const findable = Math.floor((tokens.length - 1) / pageTokens) * pageTokens;
    for (let from = 0; from < findable; from += pageTokens) {
      const page = pool.find(sequence.#pages.at(-1), tokens.slice(from, from + pageTokens));
      if (page === undefined) break;
      sequence.#pages.push(page);
      sequence.#computed += pageTokens;
    }
    return sequence;
  }

  /** How many tokens have their keys and values in the cache. */
  get computed(): number {
    return this.#computed;
  }

  /** Addresses of the pages, first to last. */
  get addresses(): number[] {
    return this.#pages.map((page) => page.address);
  }

  /** Makes room for the keys and values of the first `count` tokens. */
  reserve(count: number): void {
    while (this.#pages.length * pageTokens < count) this.#pages.push(this.#pool.take());
  }

  /** Says that the first `count` tokens are computed now, and publishes the pages that this filled. */
  computedUpTo(count: number): void {
    const firstFull = Math.floor(this.#computed / pageTokens);
    this.#computed = count;
    for (let index = firstFull; index < Math.floor(count / pageTokens); index++) {
      const page = this.#pages[index];
      if (page === undefined) throw new RangeError("a token was computed without a page");
      const tokens = this.tokens.slice(index * pageTokens, (index + 1) * pageTokens);
      this.#pages[index] = this.#pool.publish(page, this.#pages[index - 1], tokens);
    }
  }

  /** Another sequence with the same tokens: full pages are shared, one begun is copied. */
  fork(): Sequence {
    const twin = new Sequence(this.#pool, this.tokens);
    const full = Math.floor(this.#computed / pageTokens);
    this.#pages.forEach((page, index) => {
      twin.#pages.push(index < full ? this.#pool.share(page) : this.#pool.copy(page));
    });
    twin.#computed = this.#computed;
    return twin;
  }

  /** Gives the pages back. The sequence is not used any more. */
  release(): void {
    // Last page first: the beginning, which more sequences share, is then the last to be forgotten.
    for (const page of this.#pages.splice(0).reverse()) this.#pool.release(page);
  }
}
