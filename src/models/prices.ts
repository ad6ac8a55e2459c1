import { z } from "zod";

/** US dollars for a million tokens. */
export const priceSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
});
export type Price = z.infer<typeof priceSchema>;

/** What a model that runs on one's own machine costs. */
export const FREE: Price = { input: 0, output: 0 };

/** List prices as their makers published them; `prices` in `sojourn.yaml` goes before them. */
const LIST: Record<string, Record<string, Price>> = {
  openai: {
    "gpt-4o": { input: 2.5, output: 10 },
    "gpt-4o-mini": { input: 0.15, output: 0.6 },
    "gpt-4.1": { input: 2, output: 8 },
    "gpt-4.1-mini": { input: 0.4, output: 1.6 },
    "gpt-4.1-nano": { input: 0.1, output: 0.4 },
    "gpt-5": { input: 1.25, output: 10 },
    "gpt-5-mini": { input: 0.25, output: 2 },
    "gpt-5-nano": { input: 0.05, output: 0.4 },
    "gpt-5.1": { input: 1.25, output: 10 },
    o1: { input: 15, output: 60 },
    o3: { input: 2, output: 8 },
    "o3-mini": { input: 1.1, output: 4.4 },
    "o4-mini": { input: 1.1, output: 4.4 },
  },
  anthropic: {
    "claude-3-5-haiku": { input: 0.8, output: 4 },
    "claude-3-7-sonnet": { input: 3, output: 15 },
    "claude-sonnet-4": { input: 3, output: 15 },
    "claude-sonnet-4-5": { input: 3, output: 15 },
    "claude-haiku-4-5": { input: 1, output: 5 },
    "claude-opus-4": { input: 15, output: 75 },
    "claude-opus-4-1": { input: 15, output: 75 },
    "claude-opus-4-5": { input: 5, output: 25 },
  },
  google: {
    "gemini-2.0-flash": { input: 0.1, output: 0.4 },
    "gemini-2.5-flash-lite": { input: 0.1, output: 0.4 },
    "gemini-2.5-flash": { input: 0.3, output: 2.5 },
    "gemini-2.5-pro": { input: 1.25, output: 10 },
  },
};

/**
 * The list price of a model, its dated versions (`gpt-4o-2024-11-20`, `-latest`) included; null where none is
 * known.
 *
 * @param overrides the user's own prices by model name, without the provider
 */
export function priceOf(
  provider: string,
  model: string,
  overrides: Record<string, Price> = {},
): Price | null {
  const own = overrides[model] ?? overrides["*"];
  if (own !== undefined) return own;
  const list = LIST[provider] ?? {};
  const undated = model.replace(/-(?:latest|\d{8}|\d{4}-\d{2}-\d{2})$/, "");
  return list[model] ?? list[undated] ?? null;
}

/** Dollars for these tokens; null where the price is not known. */
export function costOf(price: Price | null, inputTokens: number, outputTokens: number): number | null {
  return price === null ? null : (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}
