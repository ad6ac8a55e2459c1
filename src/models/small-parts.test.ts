import { describe, expect, it } from "vitest";
import { defined } from "./defined.ts";
import { estimateInputTokens, toModelPrompt } from "./model-prompt.ts";
import { costOf, priceOf } from "./prices.ts";
import { providersConfigSchema } from "./providers-config.ts";
import { hideSecrets, keepSecret } from "./secrets.ts";
import { fingerprintOf, sampleSeed } from "./seeds.ts";
import { countTokens, mostTokens } from "./tokens.ts";

const TRAITS = { name: "x/y", followsInstructions: true, prefill: "none", logprobs: false } as const;

describe("prices", () => {
  it("finds dated versions, prefers the user's own, and admits what it does not know", () => {
    expect(priceOf("openai", "gpt-4o-2024-11-20")).toEqual({ input: 2.5, output: 10 });
    expect(priceOf("anthropic", "claude-sonnet-4-5-20250929")).toEqual({ input: 3, output: 15 });
    expect(priceOf("openai", "gpt-4o", { "gpt-4o": { input: 1, output: 1 } })).toEqual({
      input: 1,
      output: 1,
    });
    expect(priceOf("openai", "gpt-99")).toBeNull();
    expect(costOf(null, 5, 5)).toBeNull();
  });
});

describe("seeds", () => {
  it("differ by every part of the key and are the same each time", () => {
    const seeds = [
      sampleSeed(1, "a", 0, 0),
      sampleSeed(2, "a", 0, 0),
      sampleSeed(1, "b", 0, 0),
      sampleSeed(1, "a", 1, 0),
    ];
    expect(new Set([...seeds, sampleSeed(1, "a", 0, 1)]).size).toBe(5);
    expect(sampleSeed(1, "a", 0, 0)).toBe(seeds[0]);
    expect(Math.max(...seeds)).toBeLessThan(2 ** 31);
  });

  it("fingerprints do not depend on the order of keys or on what is undefined", () => {
    expect(fingerprintOf({ a: 1, b: [2, "c"] })).toBe(fingerprintOf({ b: [2, "c"], a: 1, d: undefined }));
    expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ a: "1" }));
  });
});

describe("tokens", () => {
  it("counts the spelling of a special token as text", () => {
    expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
  });

  it.each([
    "The quick brown fox jumps over the lazy dog.",
    "12 + 345 = 357",
    "日本語のテキスト",
    "x^2 - 1 = (x-1)(x+1)",
  ])("has a bound that is not below the count of %j", (text) => {
    expect(mostTokens(text)).toBeGreaterThanOrEqual(countTokens(text));
  });
});

describe("prompts", () => {
  const prompt = {
    system: "Be brief.",
    messages: [{ role: "user", content: "Why?" } as const],
    prefill: "Because",
  };

  it("begin the assistant's turn where the model can continue it", () => {
    expect(toModelPrompt(prompt, { ...TRAITS, prefill: "thinking" }).at(-1)).toEqual({
      role: "assistant",
      content: [{ type: "reasoning", text: "Because" }],
    });
    expect(() => toModelPrompt(prompt, TRAITS)).toThrow("x/y cannot continue a thought");
  });

  it("leave out instructions for a model that follows none", () => {
    const traits = { ...TRAITS, followsInstructions: false, prefill: "reply" } as const;
    expect(toModelPrompt(prompt, traits).map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(estimateInputTokens(prompt, { traits, tokens: "unknown" })).toBeLessThan(
      estimateInputTokens(prompt, { traits: { ...traits, followsInstructions: true }, tokens: "unknown" }),
    );
  });
});

describe("secrets", () => {
  it("are taken out of text wherever they stand", () => {
    keepSecret("sk-123456789");
    expect(hideSecrets("key sk-123456789 and sk-123456789!")).toBe("key ... and ...!");
  });
});

describe("defined", () => {
  it("keeps everything but undefined", () => {
    expect(defined({ a: 0, b: undefined, c: null })).toEqual({ a: 0, c: null });
  });
});

describe("providers config", () => {
  it("takes a variable's name and never a key", () => {
    const parse = (apiKeyEnv: string) =>
      providersConfigSchema.safeParse({ providers: { lab: { baseUrl: "http://lab:8000/v1", apiKeyEnv } } });
    expect(parse("LAB_KEY").success).toBe(true);
    expect(parse("sk-123-456").error?.issues[0]?.message).toBe(
      "the name of an environment variable, not a key",
    );
  });

  it("refuses fields that it does not know", () => {
    expect(providersConfigSchema.safeParse({ providers: { lab: { url: "http://lab" } } }).success).toBe(
      false,
    );
  });
});
