import type { EndpointFault } from "./fault.ts";
import type { TokenCount } from "./generation.ts";
import type { EndpointRequest } from "./request.ts";

/** What the endpoint knows of one request. */
export interface LedgerEntry {
  request: EndpointRequest;
  fault?: EndpointFault | undefined;
  /** Milliseconds since the endpoint was started. */
  startedAt: number;
  /** Undefined while the request is under way. */
  finishedAt?: number | undefined;
  /**
   * `answered`: a reply was sent whole, be it wrong in itself. `failed`: an error, or a reply that the endpoint broke
   * off. `broken-off`: the client went away before it had all.
   */
  outcome: "under-way" | "answered" | "failed" | "broken-off";
  /** What the model really read and wrote. */
  made: TokenCount;
  /** Tokens of the text that left the endpoint: less than was made where a reply was broken off. */
  sentTokens: number;
  /** The usage that the client was told; undefined where it was told none. */
  reported?: TokenCount | undefined;
}

/** Sums over some requests. */
export interface LedgerSums {
  requests: number;
  made: TokenCount;
  sentTokens: number;
  reported: TokenCount;
}

/** The endpoint's own books, which a client's books are compared with. */
export class EndpointLedger {
  readonly #entries: LedgerEntry[] = [];
  readonly #startedAt = performance.now();
  #inFlight = 0;
  #mostInFlight = 0;

  /** All requests in the order of arrival. */
  get entries(): readonly Readonly<LedgerEntry>[] {
    return this.#entries;
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Most requests that were under way at once. */
  get mostInFlight(): number {
    return this.#mostInFlight;
  }

  /** Milliseconds since the endpoint was started. */
  now(): number {
    return performance.now() - this.#startedAt;
  }

  /** Opens a request's entry; its writer fills it in and calls {@link close} at its end. */
  open(request: EndpointRequest, fault: EndpointFault | undefined): LedgerEntry {
    const entry: LedgerEntry = {
      request,
      fault,
      startedAt: this.now(),
      outcome: "under-way",
      made: { prompt: 0, completion: 0, reasoning: 0 },
      sentTokens: 0,
    };
    this.#entries.push(entry);
    this.#inFlight++;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    return entry;
  }

  /**
   * Ends a request: its connection is free or gone.
   *
   * @param whole whether all that was to be sent has been taken by the system
   */
  close(entry: LedgerEntry, whole: boolean): void {
    entry.finishedAt = this.now();
    if (entry.outcome === "under-way" || (entry.outcome === "answered" && !whole)) {
      entry.outcome = "broken-off";
      entry.reported = undefined;
    }
    this.#inFlight--;
  }

  /** What the requests come to; default all of them. */
  sum(of: (entry: Readonly<LedgerEntry>) => boolean = () => true): LedgerSums {
    const sums: LedgerSums = { requests: 0, made: none(), sentTokens: 0, reported: none() };
    for (const entry of this.#entries) {
      if (!of(entry)) continue;
      sums.requests++;
      sums.sentTokens += entry.sentTokens;
      add(sums.made, entry.made);
      if (entry.reported !== undefined) add(sums.reported, entry.reported);
    }
    return sums;
  }
}

function none(): TokenCount {
  return { prompt: 0, completion: 0, reasoning: 0 };
}

function add(total: TokenCount, count: TokenCount): void {
  total.prompt += count.prompt;
  total.completion += count.completion;
  total.reasoning += count.reasoning;
}
