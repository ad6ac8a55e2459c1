import type { NanoConfig } from "../config.ts";
import type { KernelMemory } from "./kernels.ts";

/** Tokens on one page; `kernels.as.ts` has the same number. */
export const pageTokens = 16;

/** Pages cut from memory at once. */
const pagesPerChunk = 16;

/** Keys and values of {@link pageTokens} consecutive tokens in all layers. */
export interface Page {
  readonly address: number;
  /** Sequences that read the page; only a page with one user is written to. */
  users: number;
  /** Another number each time that the page gets new content. */
  edition: number;
  /** What a published page holds: the page before it and its tokens. */
  content: string | undefined;
}

/**
 * The key-value cache of all sequences in pages, as PagedAttention (Kwon et al. 2023) does it: sequences with a common
 * beginning share its pages, and full pages that nobody uses stay for a later sequence that begins the same, until
 * there are more than `idleLimit` of them. A page's numbers follow from its tokens alone, bit for bit, so a reused page
 * never changes a result.
 */
export class PagePool {
  readonly #memory: KernelMemory;
  readonly #pageNumbers: number;
  readonly #idleLimit: number;
  readonly #free: Page[] = [];
  readonly #published = new Map<string, Page>();
  /** Published pages without a user, least recently used first. */
  readonly #idle = new Set<Page>();
  #editions = 0;

  /** @param idleLimit pages kept for later; default 64 MB of them */
  constructor(memory: KernelMemory, config: NanoConfig, idleLimit?: number) {
    this.#memory = memory;
    this.#pageNumbers = pageTokens * 2 * config.hidden_size * config.num_hidden_layers;
    this.#idleLimit = idleLimit ?? Math.floor(2 ** 24 / this.#pageNumbers);
  }

  /** Pages that hold something for later, though no sequence uses them now. */
  get idleCount(): number {
    return this.#idle.size;
  }

  /** A page of unknown content for one user. */
  take(): Page {
    if (this.#free.length === 0) this.#cutChunk();
    const page = this.#free.pop();
    if (page === undefined) throw new RangeError("no page was cut");
    page.users = 1;
    page.edition = ++this.#editions;
    return page;
  }

  /** One more user. */
  share(page: Page): Page {
    if (page.users++ === 0) this.#idle.delete(page);
    return page;
  }

  /** One user less. */
  release(page: Page): void {
    page.users--;
    if (page.users > 0) return;
    if (page.content === undefined) this.#free.push(page);
    else this.#idle.add(page);
    if (this.#idle.size > this.#idleLimit) this.#forgetOldest();
  }

  /** A page for one user with the content of another. */
  copy(page: Page): Page {
    const copy = this.take();
    const from = page.address / 4;
    this.#memory.floats.copyWithin(copy.address / 4, from, from + this.#pageNumbers);
    return copy;
  }

  /**
   * Lets later sequences find a full page by the page before it and its tokens. Returns the page to go on with: where
   * the same content was published before, that one, and the given page is released.
   */
  publish(page: Page, before: Page | undefined, tokens: readonly number[]): Page {
    const content = contentOf(before, tokens);
    const twin = this.#published.get(content);
    if (twin === page) return page;
    if (twin !== undefined) {
      this.share(twin);
      this.release(page);
      return twin;
    }
    page.content = content;
    this.#published.set(content, page);
    return page;
  }

  /** The page, with one more user, that holds these tokens after `before`. */
  find(before: Page | undefined, tokens: readonly number[]): Page | undefined {
    const page = this.#published.get(contentOf(before, tokens));
    return page === undefined ? undefined : this.share(page);
  }

  #forgetOldest(): void {
    const [oldest] = this.#idle;
    if (oldest?.content === undefined) return;
    this.#idle.delete(oldest);
    this.#published.delete(oldest.content);
    oldest.content = undefined;
    this.#free.push(oldest);
  }

  #cutChunk(): void {
    const start = this.#memory.allocate(this.#pageNumbers * pagesPerChunk);
    for (let index = pagesPerChunk - 1; index >= 0; index--) {
      const address = start + index * this.#pageNumbers * 4;
      this.#free.push({ address, users: 0, edition: 0, content: undefined });
    }
  }
}

function contentOf(before: Page | undefined, tokens: readonly number[]): string {
  return `${before?.edition ?? 0}:${tokens.join()}`;
}
