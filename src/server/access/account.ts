import type { Event } from "../../thought/event.ts";
import type { KeyEntry } from "./key-file.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What an account has used on one day. */
export interface Spending {
  /** Days since the epoch, in UTC. */
  day: number;
  /** Input and output tokens. */
  tokens: number;
  usd: number;
}

/** Why an account may not send another request now. */
export interface Refusal {
  reason: "rate" | "budget";
  message: string;
  /** Seconds until it may. */
  retryAfter: number;
}

/** Whose requests these are, how many they may send, and what they may still cost. */
export class Account {
  readonly name: string;
  readonly #entry: Omit<KeyEntry, "hash" | "createdAt">;
  readonly #clock: () => number;
  readonly #spent: (spending: Spending) => void;
  /** When each request of the last minute came. */
  #recent: number[] = [];
  #spending: Spending;

  /**
   * @param spending what was used before this process started
   * @param options.spent is told after each change what has been used today
   */
  constructor(
    entry: Omit<KeyEntry, "hash" | "createdAt">,
    spending: Spending | undefined,
    options: { clock: () => number; spent: (spending: Spending) => void },
  ) {
    this.name = entry.name;
    this.#entry = entry;
    this.#clock = options.clock;
    this.#spent = options.spent;
    this.#spending = spending ?? { day: 0, tokens: 0, usd: 0 };
  }

  /** Whether there is anything that it may not use without end. */
  get limited(): boolean {
    const { requestsPerMinute, tokensPerDay, usdPerDay } = this.#entry;
    return [requestsPerMinute, tokensPerDay, usdPerDay].some((limit) => limit !== undefined);
  }

  /** Counts one request, unless the account may send none now: then why. */
  take(): Refusal | undefined {
    const now = this.#clock();
    const { requestsPerMinute, tokensPerDay, usdPerDay } = this.#entry;
    const { tokens, usd } = this.#today();
    if (tokens >= (tokensPerDay ?? Infinity) || usd >= (usdPerDay ?? Infinity)) return this.usedUp();
    this.#recent = this.#recent.filter((at) => at > now - MINUTE_MS);
    const [first = now] = this.#recent;
    if (this.#recent.length >= (requestsPerMinute ?? Infinity)) {
      const message = `The key "${this.name}" may send ${requestsPerMinute} requests a minute.`;
      return { reason: "rate", message, retryAfter: Math.ceil((first + MINUTE_MS - now) / 1000) };
    }
    if (requestsPerMinute !== undefined) this.#recent.push(now);
    return undefined;
  }

  /** The refusal of what the rest of today's budget does not reach. */
  usedUp(): Refusal {
    const { tokensPerDay, usdPerDay } = this.#entry;
    const limits = [tokensPerDay && `${tokensPerDay} tokens`, usdPerDay && `$${usdPerDay}`].filter(Boolean);
    const message = `The key "${this.name}" has used what it may use today: ${limits.join(", ")}.`;
    return { reason: "budget", message, retryAfter: Math.ceil((DAY_MS - (this.#clock() % DAY_MS)) / 1000) };
  }

  /** What one more question may cost. */
  get left(): { tokens?: number; usd?: number } {
    const { tokensPerDay, usdPerDay } = this.#entry;
    const { tokens, usd } = this.#today();
    return {
      ...(tokensPerDay !== undefined && { tokens: Math.max(1, tokensPerDay - tokens) }),
      ...(usdPerDay !== undefined && { usd: Math.max(1e-9, usdPerDay - usd) }),
    };
  }

  /** Counts what an event says of calls. */
  event(event: Event): void {
    if (event.type !== "call-finished" && event.type !== "call-failed") return;
    const { inputTokens, outputTokens, estimatedOutputTokens, costUsd } = event.usage;
    const spending = this.#today();
    spending.tokens += inputTokens + outputTokens + estimatedOutputTokens;
    spending.usd += costUsd ?? 0;
    this.#spent(spending);
  }

  #today(): Spending {
    const day = Math.floor(this.#clock() / DAY_MS);
    if (this.#spending.day !== day) this.#spending = { day, tokens: 0, usd: 0 };
    return this.#spending;
  }
}
