import { z } from "zod";

/** How hard a backend may be driven. */
export const limitsSchema = z.strictObject({
  /** Requests that may be under way at once. */
  inFlight: z.int().positive().optional(),
  requestsPerMinute: z.int().positive().optional(),
  /** Input and output tokens; a request counts with what it may use, then with what it used. */
  tokensPerMinute: z.int().positive().optional(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** Leave to send one request. */
export interface Slot {
  /** Gives the place back. Idempotent. `tokens` is what the request really used, where known. */
  release(tokens?: number): void;
}

interface Waiting {
  tokens: number;
  grant(): void;
}

interface Sent {
  at: number;
  tokens: number;
}

const MINUTE_MS = 60_000;

/**
 * Keeps one backend's requests within its limits. Questions take turns: a question with a thousand requests
 * waiting does not hold up another with one.
 */
export class Limiter {
  readonly #limits: Limits & { inFlight: number };
  readonly #clock: () => number;
  /** Requests waiting, by who asked. The first owner of the map is next. */
  readonly #waiting = new Map<object, Waiting[]>();
  /** Requests of the last minute; kept only where a limit per minute is set. */
  #recent: Sent[] = [];
  #inFlight = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: Limits & { inFlight: number }, clock: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Waits for leave to send. Rejects with the signal's reason when it fires first.
   *
   * @param owner who asks, for taking turns
   * @param tokens the most that the request may use
   */
  acquire(owner: object, tokens: number, signal: AbortSignal): Promise<Slot> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.size === 0 && this.#waitFor(tokens) === 0) return Promise.resolve(this.#slot(tokens));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        tokens,
        grant: () => {
          signal.removeEventListener("abort", abandon);
          resolve(this.#slot(tokens));
        },
      };
      const abandon = (): void => {
        this.#forget(owner, waiting);
        reject(signal.reason);
      };
      signal.addEventListener("abort", abandon, { once: true });
      const queue = this.#waiting.get(owner);
      if (queue === undefined) this.#waiting.set(owner, [waiting]);
      else queue.push(waiting);
      this.#grantWhatMay();
    });
  }

  /** Sends nothing more for this long: a backend that says "too many requests" says it to all of them. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock() + milliseconds);
  }

  #slot(tokens: number): Slot {
    const sent: Sent = { at: this.#clock(), tokens };
    this.#inFlight++;
    if (this.#countsMinutes()) this.#recent.push(sent);
    let held = true;
    return {
      release: (used) => {
        if (!held) return;
        held = false;
        this.#inFlight--;
        if (used !== undefined) sent.tokens = used;
        this.#grantWhatMay();
      },
    };
  }

  #grantWhatMay(): void {
    clearTimeout(this.#timer);
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const wait = this.#waitFor(next.waiting.tokens);
      if (wait > 0) {
        if (wait < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#grantWhatMay(), wait);
        return;
      }
      this.#takeTurn(next.owner, next.waiting);
      next.waiting.grant();
    }
  }

  #next(): { owner: object; waiting: Waiting } | undefined {
    for (const [owner, queue] of this.#waiting) {
      const [waiting] = queue;
      if (waiting !== undefined) return { owner, waiting };
    }
    return undefined;
  }

  /** Milliseconds until this request may go; infinite where only a finished request can make room. */
  #waitFor(tokens: number): number {
    const now = this.#clock();
    if (this.#inFlight >= this.#limits.inFlight) return Number.POSITIVE_INFINITY;
    const waits = [this.#pausedUntil - now, 0];
    if (this.#countsMinutes()) {
      this.#recent = this.#recent.filter(({ at }) => at > now - MINUTE_MS);
      const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } =
        this.#limits;
      let requests = this.#recent.length + 1;
      let sum = this.#recent.reduce((total, sent) => total + sent.tokens, tokens);
      // A request larger than a minute's tokens goes alone, when the minute before it is empty.
      for (const sent of this.#recent) {
        if (requests <= requestsPerMinute && sum <= tokensPerMinute) break;
        waits.push(sent.at + MINUTE_MS - now + 1);
        requests--;
        sum -= sent.tokens;
      }
    }
    return Math.max(...waits);
  }

  #countsMinutes(): boolean {
    return this.#limits.requestsPerMinute !== undefined || this.#limits.tokensPerMinute !== undefined;
  }

  /** Takes a request out of the queue and puts its owner behind the others. */
  #takeTurn(owner: object, waiting: Waiting): void {
    const queue = this.#forget(owner, waiting);
    if (queue === undefined) return;
    this.#waiting.delete(owner);
    this.#waiting.set(owner, queue);
  }

  #forget(owner: object, waiting: Waiting): Waiting[] | undefined {
    const queue = this.#waiting.get(owner);
    const place = queue?.indexOf(waiting) ?? -1;
    if (queue === undefined || place === -1) return undefined;
    queue.splice(place, 1);
    if (queue.length > 0) return queue;
    this.#waiting.delete(owner);
    return undefined;
  }
}
