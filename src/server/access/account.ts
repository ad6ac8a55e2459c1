import type { Purse } from "../../models/budget.ts";
import type { Event } from "../../thought/event.ts";
import type { KeyEntry } from "./key-file.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Seconds after which requests under way may have given back what they hold. */
const SOON_S = 1;

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

/** What one request's calls are paid from. */
interface RequestPurse extends Purse {
  /** Whether a call has not been paid for: from then on none is. */
  refused: boolean;
  /** Gives back what calls still hold that nobody waited for. */
  close(): void;
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
  /** What calls under way may cost at most. */
  readonly #held = { tokens: 0, usd: 0 };

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

  /** The refusal of what the rest of today's budget does not reach: it is used up, or held by requests under way. */
  usedUp(): Refusal {
    const { tokensPerDay, usdPerDay } = this.#entry;
    const limits = [tokensPerDay && `${tokensPerDay} tokens`, usdPerDay && `$${usdPerDay}`].filter(Boolean);
    const today = `what it may use today: ${limits.join(", ")}.`;
    if (this.#held.tokens > 0) {
      const message = `Requests under way may take the rest of what the key "${this.name}" has; it has used or holds ${today}`;
      return { reason: "rate", message, retryAfter: SOON_S };
    }
    const message = `The key "${this.name}" has used ${today}`;
    return { reason: "budget", message, retryAfter: Math.ceil((DAY_MS - (this.#clock() % DAY_MS)) / 1000) };
  }

  /** What one more question may cost beside those under way. */
  get left(): { tokens?: number; usd?: number } {
    const { tokensPerDay, usdPerDay } = this.#entry;
    const { tokens, usd } = this.#today();
    return {
      ...(tokensPerDay !== undefined && { tokens: Math.max(1, tokensPerDay - tokens - this.#held.tokens) }),
      ...(usdPerDay !== undefined && { usd: Math.max(1e-9, usdPerDay - usd - this.#held.usd) }),
    };
  }

  /**
   * What the calls of one request are paid from. They hold what they may cost at most before they are sent, so that any number
   * of requests at once stays within the day's budget.
   */
  openPurse(): RequestPurse {
    const open = new Set<() => void>();
    const purse: RequestPurse = {
      refused: false,
      hold: ({ tokens, usd }) => {
        purse.refused ||= !this.#reaches(tokens, usd);
        if (purse.refused) return undefined;
        this.#held.tokens += tokens;
        this.#held.usd += usd;
        const giveBack = (): void => {
          if (!open.delete(giveBack)) return;
          this.#held.tokens -= tokens;
          this.#held.usd -= usd;
        };
        open.add(giveBack);
        return giveBack;
      },
      close() {
        for (const giveBack of open) giveBack();
      },
    };
    return purse;
  }

  /** Whether so much is left beside what is used and what calls hold. */
  #reaches(tokens: number, usd: number): boolean {
    const { tokensPerDay = Infinity, usdPerDay = Infinity } = this.#entry;
    const today = this.#today();
    return (
      today.tokens + this.#held.tokens + tokens <= tokensPerDay &&
      today.usd + this.#held.usd + usd <= usdPerDay
    );
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
