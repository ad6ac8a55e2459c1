import { describe, expect, test } from "vitest";
import { emptyTokenUsage } from "../../thought/usage.ts";
import { ledgerBody, usageOf } from "./usage.ts";

const choice = (answer: string, usage: Partial<ReturnType<typeof emptyTokenUsage>>) => ({
  answer,
  usage: { ...emptyTokenUsage(), ...usage, byRole: {} },
});

describe("the usage of a request", () => {
  test("is the ledger's, all choices together, with what was estimated told apart", () => {
    const choices = [
      choice("12", { inputTokens: 5, outputTokens: 40, reasoningTokens: 30, calls: 2, costUsd: 0.5 }),
      choice("13", { inputTokens: 6, estimatedOutputTokens: 7, calls: 1, costUsd: null }),
    ];
    const usage = usageOf(choices, undefined);
    expect([usage.input, usage.output, usage.reasoning]).toEqual([11, 47, 30]);
    expect(ledgerBody(usage)).toEqual({
      ...{ input_tokens: 11, output_tokens: 40, reasoning_tokens: 30, estimated_output_tokens: 7 },
      ...{ calls: 3, cost_usd: null },
    });
  });

  test("has all output but the answer as thinking where no backend tells thinking apart", () => {
    const choices = [choice("one two", { outputTokens: 50 })];
    expect(usageOf(choices, "thought").reasoning).toBe(48);
    // The bare question to a model that does not think has no thinking in it.
    expect(usageOf(choices, "answer").reasoning).toBe(0);
    expect(usageOf([choice("one two", { outputTokens: 1 })], "thought").reasoning).toBe(0);
  });
});
