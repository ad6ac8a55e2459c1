import { z } from "zod";
import { InputError, SojournError } from "../thought/errors.ts";
import { defined } from "./defined.ts";
import { costOf, type Price } from "./prices.ts";

/** What a problem may cost, over all roles. Absent means no limit. */
export const budgetLimitsSchema = z.strictObject({
  /** Input and output tokens together. */
  tokens: z.int().positive().optional(),
  /** Output tokens alone, thinking included. */
  outputTokens: z.int().positive().optional(),
  calls: z.int().positive().optional(),
  usd: z.number().positive().optional(),
  /** Wall-clock time, the time before a resume included. */
  seconds: z.number().positive().optional(),
});
export type BudgetLimits = z.infer<typeof budgetLimitsSchema>;

/** Thrown where a call would pass a limit. Strategies answer it with their best answer so far. */
export class BudgetExhaustedError extends SojournError {
  readonly limit: keyof BudgetLimits;
  readonly allowed: number;

  constructor(limit: keyof BudgetLimits, allowed: number) {
    const what = limit === "outputTokens" ? "output tokens" : limit;
    super(`the budget of ${allowed} ${what} is used up; raise it with ${budgetFlag(limit)}`, { exitCode: 1 });
    this.limit = limit;
    this.allowed = allowed;
  }
}

/** The flag that sets a limit. */
export function budgetFlag(limit: keyof BudgetLimits): string {
  return `--budget-${limit === "outputTokens" ? "output-tokens" : limit}`;
}

/** What one sample may cost, as far as is known when it is asked for. */
export interface Need {
  /** Estimated; 0 for a sample whose prompt another sample of the same request pays for. */
  inputTokens: number;
  maxTokens: number;
  /** Requests: 1, or 0 for a sample that comes with another. */
  calls: number;
  price: Price | null;
}

/** What a sample turned out to cost. */
export interface Spent {
  /** Input and output together. */
  tokens: number;
  outputTokens: number;
  calls: number;
  usd: number;
}

/** What several questions spend from at once, such as a key's budget of the day. */
export interface Purse {
  /**
   * Keeps what a sample may cost at most. Returns what gives it back once what it did cost is counted elsewhere, and
   * undefined where so much is not left beside what others hold.
   */
  hold(most: { tokens: number; usd: number }): (() => void) | undefined;
}

/** A part of the budget that is kept for one sample. */
export interface Reservation {
  /** Most tokens the sample may have: what was asked for, or less where only so much was left. */
  readonly maxTokens: number;
  /** Keeps more for a sample that has to be asked for again. Throws BudgetExhaustedError. */
  grow(extra: { inputTokens: number; calls: number }): void;
  /** Puts what was really used in place of what was kept. Idempotent. */
  settle(used: Spent): void;
}

/** A sample shorter than this is not worth asking for. */
const LEAST_TOKENS = 32;

/**
 * What one question may cost. A sample reserves the most it can cost when it is asked for and settles what it did
 * cost when it is taken up, so that with any number in flight the limits hold, as far as backends keep to the
 * maximum they were given.
 */
export class Budget {
  readonly limits: BudgetLimits;
  /** Fires when the question is to end with its best answer so far: from then on no time is left. */
  readonly enough: AbortSignal | undefined;
  readonly #purse: Purse | undefined;
  #timeUpAfter: number | undefined;
  readonly #clock: () => number;
  readonly #startedAt: number;
  readonly #spent: Spent = { tokens: 0, outputTokens: 0, calls: 0, usd: 0 };
  readonly #reserved: Spent = { tokens: 0, outputTokens: 0, calls: 0, usd: 0 };
  #open = 0;
  #settled = 0;

  /**
   * @param options.elapsedBeforeMs time that the question took before it was resumed
   * @param options.clock milliseconds; default the process's own
   * @param options.enough ends the time when it fires, whatever the limits say
   * @param options.timeUpAfter the seconds after which time was up before the question was resumed: it stays so
   * @param options.purse what is reserved has to be there as well. Where it is not, the question's time is up: what others
   * hold is no property of the question, and a resumed one ends where this one did
   */
  constructor(
    limits: BudgetLimits,
    options: {
      elapsedBeforeMs?: number;
      clock?: () => number;
      enough?: AbortSignal | undefined;
      timeUpAfter?: number | undefined;
      purse?: Purse | undefined;
    } = {},
  ) {
    this.limits = limits;
    this.#timeUpAfter = options.timeUpAfter;
    this.enough = options.enough;
    this.#purse = options.purse;
    this.#clock = options.clock ?? (() => performance.now());
    this.#startedAt = this.#clock() - (options.elapsedBeforeMs ?? 0);
  }

  /** What was settled so far. */
  get spent(): Readonly<Spent> {
    return { ...this.#spent };
  }

  /** How many reservations have settled so far: as long as it stays, nothing was given back. */
  get settled(): number {
    return this.#settled;
  }

  /** Milliseconds until the limit in seconds; infinite where there is none, 0 once it is enough. */
  get remainingMs(): number {
    if (this.enough?.aborted || this.#timeUpAfter !== undefined) return 0;
    if (this.limits.seconds === undefined) return Number.POSITIVE_INFINITY;
    return this.limits.seconds * 1000 - (this.#clock() - this.#startedAt);
  }

  /** The error for a limit of this budget. Where it was enough before any limit, that is the time it took. */
  exhausted(limit: keyof BudgetLimits): BudgetExhaustedError {
    if (limit === "seconds" && this.#timeUpAfter !== undefined)
      return new BudgetExhaustedError(limit, this.#timeUpAfter);
    return new BudgetExhaustedError(limit, this.limits[limit] ?? this.#elapsedSeconds);
  }

  /**
   * Keeps what a sample may cost. Throws BudgetExhaustedError where it does not fit. When nothing else is in
   * flight and at least 32 tokens are left, the sample is given what is left instead, so that a small budget
   * still gives something.
   *
   * @param options.inTime leaves the limit in seconds aside, for a sample that came in time before a resume
   */
  reserve(need: Need, { inTime = false } = {}): Reservation {
    if (!inTime && this.remainingMs <= 0) throw this.exhausted("seconds");
    if (!this.#fits("calls", need.calls)) throw this.exhausted("calls");
    const maxTokens = Math.min(need.maxTokens, this.#affordable(need));
    if (maxTokens < need.maxTokens && (this.#open > 0 || maxTokens < LEAST_TOKENS)) {
      if (!this.#fits("tokens", need.inputTokens + need.maxTokens)) throw this.exhausted("tokens");
      throw this.exhausted(this.#fits("outputTokens", need.maxTokens) ? "usd" : "outputTokens");
    }
    const granted = { ...need, maxTokens };
    return this.#keep(granted, inTime ? [] : this.#fromPurse(granted));
  }

  /** Keeps what a sample costs that was paid for before a resume: it never fails. */
  reserveLogged(need: Need): Reservation {
    return this.#keep(need);
  }

  /**
   * Sets a share of the limits apart as a budget of its own, for work beside the question's own that must not decide what
   * is left for it. Time is not divided.
   *
   * @param share above 0 and below 1
   */
  setAside(share: number): Budget {
    const { tokens, outputTokens, calls, usd, seconds } = this.limits;
    const part = {
      tokens: Math.floor((tokens ?? 0) * share),
      outputTokens: Math.floor((outputTokens ?? 0) * share),
      calls: Math.floor((calls ?? 0) * share),
      usd: (usd ?? 0) * share,
    };
    this.charge(part);
    return new Budget(
      defined({
        tokens: tokens && part.tokens,
        outputTokens: outputTokens && part.outputTokens,
        calls: calls && part.calls,
        usd: usd && part.usd,
        seconds,
      }),
      {
        elapsedBeforeMs: this.#clock() - this.#startedAt,
        clock: this.#clock,
        enough: this.enough,
        timeUpAfter: this.#timeUpAfter,
        purse: this.#purse,
      },
    );
  }

  /** Counts what was spent without a reservation, such as failed calls of an earlier session. */
  charge(used: Spent): void {
    add(this.#spent, used, 1);
  }

  /** Most output tokens that the limits in tokens, in output tokens and in money leave for a sample; may be negative. */
  #affordable({ inputTokens, price }: Need): number {
    const byTokens = Math.min(this.#left("tokens") - inputTokens, this.#left("outputTokens"));
    if (this.limits.usd === undefined) return byTokens;
    if (price === null) {
      throw new InputError(
        "a budget in dollars needs the model's price: set prices for it in sojourn.yaml or use --budget-tokens",
      );
    }
    if (price.output === 0) return byTokens;
    const usd = this.#left("usd") - (inputTokens * price.input) / 1_000_000;
    return Math.min(byTokens, Math.floor((usd * 1_000_000) / price.output));
  }

  #left(limit: keyof Spent): number {
    return (this.limits[limit] ?? Number.POSITIVE_INFINITY) - this.#spent[limit] - this.#reserved[limit];
  }

  #fits(limit: keyof Spent, amount: number): boolean {
    return amount <= this.#left(limit);
  }

  get #elapsedSeconds(): number {
    return Math.round(this.#clock() - this.#startedAt) / 1000;
  }

  /**
   * Takes what a sample may cost out of the purse, if there is one. Returns what puts it back; throws BudgetExhaustedError
   * where it is not there, now and from then on.
   */
  #fromPurse({ inputTokens, maxTokens, price }: Omit<Need, "calls">): (() => void)[] {
    if (this.#purse === undefined) return [];
    const tokens = inputTokens + maxTokens;
    const giveBack = this.#purse.hold({ tokens, usd: costOf(price, inputTokens, maxTokens) ?? 0 });
    if (giveBack !== undefined) return [giveBack];
    this.#timeUpAfter = this.#elapsedSeconds;
    throw this.exhausted("seconds");
  }

  #keep(need: Need, held: (() => void)[] = []): Reservation {
    const kept: Spent = { tokens: 0, outputTokens: 0, calls: 0, usd: 0 };
    const keepMore = (input: number, output: number, calls: number): void => {
      const more = {
        tokens: input + output,
        outputTokens: output,
        calls,
        usd: costOf(need.price, input, output) ?? 0,
      };
      add(kept, more, 1);
      add(this.#reserved, more, 1);
    };
    keepMore(need.inputTokens, need.maxTokens, need.calls);
    this.#open++;
    let open = true;
    return {
      maxTokens: need.maxTokens,
      grow: ({ inputTokens, calls }) => {
        if (this.remainingMs <= 0) throw this.exhausted("seconds");
        if (!this.#fits("calls", calls)) throw this.exhausted("calls");
        if (!this.#fits("tokens", inputTokens)) throw this.exhausted("tokens");
        if (!this.#fits("usd", costOf(need.price, inputTokens, 0) ?? 0)) throw this.exhausted("usd");
        held.push(...this.#fromPurse({ ...need, inputTokens, maxTokens: 0 }));
        keepMore(inputTokens, 0, calls);
      },
      settle: (used) => {
        if (!open) return;
        open = false;
        this.#open--;
        this.#settled++;
        add(this.#reserved, kept, -1);
        add(this.#spent, used, 1);
        for (const giveBack of held) giveBack();
      },
    };
  }
}

function add(total: Spent, amount: Spent, sign: 1 | -1): void {
  total.tokens += sign * amount.tokens;
  total.outputTokens += sign * amount.outputTokens;
  total.calls += sign * amount.calls;
  total.usd += sign * amount.usd;
}
