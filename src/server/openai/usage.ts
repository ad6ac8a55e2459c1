import { countTokens } from "../../models/tokens.ts";
import { addTokenUsage, emptyTokenUsage, type TokenUsage } from "../../thought/usage.ts";
import type { Outcome } from "./think-choice.ts";

/** What a request cost, as the ledger has it, and how much of its output was thinking. */
export interface RequestUsage {
  ledger: TokenUsage;
  /** Input tokens of all calls. */
  input: number;
  /** Output tokens of all calls, thinking included; what no backend reported is estimated. */
  output: number;
  /** As backends reported it; where none does, all output that is not the answer. */
  reasoning: number;
}

/** Adds up the choices of a request. */
export function usageOf(
  outcomes: readonly Pick<Outcome, "usage" | "answer">[],
  live: string | undefined,
): RequestUsage {
  const ledger = outcomes
    .map(({ usage: { byRole: _, ...usage } }) => usage)
    .reduce<TokenUsage>(addTokenUsage, emptyTokenUsage());
  const output = ledger.outputTokens + ledger.estimatedOutputTokens;
  const answers = outcomes.reduce((sum, { answer }) => sum + countTokens(answer), 0);
  const unreported = live === "answer" ? 0 : Math.max(0, output - answers);
  const reasoning = ledger.reasoningTokens > 0 ? ledger.reasoningTokens : unreported;
  return { ledger, input: ledger.inputTokens, output, reasoning };
}

/** The ledger itself, for the extension `sojourn` of a reply. */
export function ledgerBody({ ledger }: RequestUsage) {
  return {
    input_tokens: ledger.inputTokens,
    output_tokens: ledger.outputTokens,
    reasoning_tokens: ledger.reasoningTokens,
    estimated_output_tokens: ledger.estimatedOutputTokens,
    calls: ledger.calls,
    cost_usd: ledger.costUsd,
  };
}
