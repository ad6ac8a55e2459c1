import type { LanguageModelV3Usage } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOf, usageOf } from "./ledger.ts";

const TEXT = "The product of six and seven is found by adding seven six times, which makes forty two.";
const TOKENS = 19;

function report(output: number | undefined, reasoning?: number): LanguageModelV3Usage {
  return {
    inputTokens: { total: 30, noCache: 30, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: undefined, reasoning },
  };
}

function usage(
  given: LanguageModelV3Usage | undefined,
  more: { reasoning?: string; hidesThinking?: boolean } = {},
) {
  const { reasoning, hidesThinking = false } = more;
  return usageOf(
    {
      report: given,
      samples: [{ text: TEXT, reasoning }],
      calls: 1,
      lost: { inputTokens: 0, outputTokens: 0 },
    },
    { tokens: "unknown", hidesThinking, price: { input: 1, output: 10 } },
  );
}

describe("ledger", () => {
  it.each([TOKENS, TOKENS + 3, Math.round(TOKENS * 1.25), Math.round(TOKENS * 0.8)])(
    "takes a report of %d tokens, which some vocabulary gives the text, as it is",
    (output) => {
      expect(usage(report(output))).toMatchObject({
        outputTokens: output,
        estimatedOutputTokens: 0,
        inputTokens: 30,
      });
    },
  );

  it.each([undefined, 0, 1, TOKENS / 2, TOKENS * 2, 1_000, Number.NaN, -5])(
    "counts the text itself where the report says %d",
    (output) => {
      expect(usage(report(output))).toMatchObject({ outputTokens: 0, estimatedOutputTokens: TOKENS });
    },
  );

  it("counts hidden thinking that is reported apart, within the total or beside it", () => {
    expect(usage(report(500 + TOKENS, 500))).toMatchObject({
      outputTokens: 500 + TOKENS,
      reasoningTokens: 500,
    });
    expect(usage(report(TOKENS, 500))).toMatchObject({ outputTokens: 500 + TOKENS, reasoningTokens: 500 });
  });

  it("trusts more tokens than are shown only from a backend that shortens thinking", () => {
    const shown = { reasoning: "in short" };
    expect(usage(report(900), shown).estimatedOutputTokens).toBeGreaterThan(0);
    expect(usage(report(900), { ...shown, hidesThinking: true })).toMatchObject({ outputTokens: 900 });
  });

  it("prices reported and estimated tokens alike", () => {
    expect(usage(report(TOKENS)).costUsd).toBeCloseTo((30 + 10 * TOKENS) / 1e6, 12);
    expect(usage(undefined).costUsd).toBeCloseTo((10 * TOKENS) / 1e6, 12);
  });

  it("shares a call out among its samples without losing a token", () => {
    const texts = fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(texts, fc.nat(500), fc.nat(100), (replies, outputTokens, inputTokens) => {
        const call = {
          samples: replies.map((text, place) => ({ index: place + 3, text, finishReason: "stop" as const })),
          usage: {
            inputTokens,
            outputTokens,
            reasoningTokens: 0,
            estimatedOutputTokens: 7,
            calls: 2,
            costUsd: null,
          },
        };
        const shares = call.samples.map(({ index }) =>
          shareOf(call, index, { price: null, estimatedInput: 5 }),
        );
        const sum = (key: "tokens" | "calls") => shares.reduce((total, share) => total + share[key], 0);
        expect(sum("tokens")).toBe((inputTokens || 5) + outputTokens + 7);
        expect(sum("calls")).toBe(2);
        expect(Math.min(...shares.map(({ tokens }) => tokens))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
