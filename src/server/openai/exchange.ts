import type { Account, Refusal } from "../access/account.ts";
import type { ServerContext } from "../context.ts";
import { ApiError } from "./api-error.ts";
import type { Asked } from "./asked.ts";
import type { Piece } from "./narration.ts";
import { type Outcome, thinkChoice } from "./think-choice.ts";
import { type RequestUsage, usageOf } from "./usage.ts";

/** One request and who made it. */
export interface Exchange {
  context: ServerContext;
  /** Fires when the client hangs up. */
  signal: AbortSignal;
  /** Whose budget pays for it; absent where no key is asked for. */
  account?: Account | undefined;
}

/** How the choices of a request are told. */
export interface Telling {
  /** True where the client waits for pieces. */
  streams: boolean;
  /** Fires when nobody reads what is told any more, though the client has not hung up. */
  left?: AbortSignal | undefined;
  tell(index: number, piece: Piece): void;
  /** Says that a choice is complete. */
  done?: ((index: number, outcome: Outcome) => void) | undefined;
}

/**
 * What a choice may cost besides its own limits, where the client's key has a budget: its part of what is left of that.
 * `bound`: that is less than it might cost otherwise.
 */
function withinBudget(asked: Asked, { context, account }: Exchange): { asked: Asked; bound: boolean } {
  const left = account?.left ?? {};
  const { settings, model, roles } = asked.think;
  const priced = [model, ...Object.values(roles)].every((name) => context.registry.open(name).price !== null);
  const { tokens = Infinity, usd = Infinity, ...others } = settings.budget ?? {};
  const most = {
    tokens: Math.min(tokens, Math.ceil((left.tokens ?? Infinity) / asked.choices)),
    usd: Math.min(usd, priced ? (left.usd ?? Infinity) / asked.choices : Infinity),
  };
  const budget = {
    ...others,
    ...(most.tokens < Infinity && { tokens: most.tokens }),
    ...(most.usd < Infinity && { usd: most.usd }),
  };
  return {
    asked: { ...asked, think: { ...asked.think, settings: { ...settings, budget } } },
    bound: most.tokens < tokens || most.usd < usd,
  };
}

/**
 * Thinks about all choices of a request at once, and stops all of them where one fails or the client hangs up. Whatever
 * they cost is charged to the client's account, also where nothing came of it.
 */
export async function thinkChoices(
  request: Asked,
  exchange: Exchange,
  { streams, left, tell, done }: Telling,
): Promise<{ outcomes: Outcome[]; usage: RequestUsage }> {
  const { context, signal, account } = exchange;
  const { metrics, serving } = context;
  if (context.jobs.size >= serving.atOnce) throw overloaded();
  const { asked, bound } = withinBudget(request, exchange);
  const purse = account?.openPurse();
  const job = context.jobs.begin({ resumable: serving.record });
  const hangUp = (): void => job.stop(new HungUpError());
  const begun = metrics.begin();
  signal.addEventListener("abort", hangUp);
  left?.addEventListener("abort", hangUp);
  if (signal.aborted) hangUp();
  try {
    const choices = Array.from({ length: asked.choices }, async (_, index) => {
      try {
        const outcome = await thinkChoice(asked, {
          ...{ context, job, index, streams, purse },
          tell(piece) {
            begun.piece();
            tell(index, piece);
          },
          onEvent(event) {
            metrics.event(event);
            account?.event(event);
          },
        });
        const { stopReason, usage } = outcome;
        const unpaid = bound || purse?.refused === true;
        if (unpaid && account !== undefined && stopReason === "budget" && usage.calls === 0)
          throw refusalOf(account.usedUp());
        done?.(index, outcome);
        return outcome;
      } catch (error) {
        job.stop(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    });
    // All have ended before the first failure is told, so that nothing goes on unseen.
    const ended = await Promise.allSettled(choices);
    const outcomes = ended.map((one) => {
      if (one.status === "rejected") throw job.signal.reason ?? one.reason;
      return one.value;
    });
    return { outcomes, usage: usageOf(outcomes, asked.live) };
  } finally {
    signal.removeEventListener("abort", hangUp);
    left?.removeEventListener("abort", hangUp);
    purse?.close();
    begun.end();
    job.end();
  }
}

/** The error of an account's refusal. */
export function refusalOf({ reason, message, retryAfter }: Refusal): ApiError {
  const code = reason === "rate" ? "rate_limit_exceeded" : "insufficient_quota";
  return new ApiError(message, { status: 429, type: "rate_limit_error", code, retryAfter });
}

/** The client went away; nobody reads this. */
class HungUpError extends ApiError {
  constructor() {
    super("the client hung up", { status: 408, code: "client_closed_request" });
  }
}

function overloaded(): ApiError {
  return new ApiError("The server thinks about as many requests as it may; try again in a moment.", {
    ...{ status: 429, type: "rate_limit_error", code: "overloaded", retryAfter: 1 },
  });
}
