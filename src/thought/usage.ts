import { z } from "zod";

/** Which job a model does in a strategy. */
export const roleSchema = z.enum(["policy", "planner", "critic", "judge", "writer", "summarizer", "router"]);
export type Role = z.infer<typeof roleSchema>;

/**
 * Tokens and money of one or more calls. The first three counts are sums of what backends reported;
 * what no backend reported (cancelled, cut or missing reports) is counted with a tokenizer into
 * `estimatedOutputTokens` and never mixed with the reported counts.
 */
export const tokenUsageSchema = z.strictObject({
  inputTokens: z.int().nonnegative(),
  /** Includes `reasoningTokens`. */
  outputTokens: z.int().nonnegative(),
  reasoningTokens: z.int().nonnegative(),
  estimatedOutputTokens: z.int().nonnegative(),
  /** Requests sent to a backend, failed ones included. */
  calls: z.int().nonnegative(),
  /** US dollars by the price table; 0 for a model that costs nothing, null where no price is known. */
  costUsd: z.number().nonnegative().nullable(),
});
export type TokenUsage = z.infer<typeof tokenUsageSchema>;

/** The usage of a whole question or run, in total and by role. */
export const usageSchema = tokenUsageSchema.extend({
  byRole: z.partialRecord(roleSchema, tokenUsageSchema),
});
export type Usage = z.infer<typeof usageSchema>;

/** No calls, no tokens, no cost. */
export function emptyTokenUsage(): TokenUsage {
  return {
    inputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    estimatedOutputTokens: 0,
    calls: 0,
    costUsd: 0,
  };
}

/** The sum of two usages. A cost that is not known makes the sum not known. */
export function addTokenUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
    estimatedOutputTokens: left.estimatedOutputTokens + right.estimatedOutputTokens,
    calls: left.calls + right.calls,
    costUsd: left.costUsd === null || right.costUsd === null ? null : left.costUsd + right.costUsd,
  };
}
