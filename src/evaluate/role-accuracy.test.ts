import { expect, test } from "vitest";
import type { NanoSample } from "../nano/decoder/generation.ts";
import type { GenerateOptions } from "../nano/decoder/nano.ts";
import { Tokenizer } from "../nano/tokenizer.ts";
import { tokenizerFile } from "../nano/tokenizer-file.ts";
import { roleChoices } from "../thought/role-choices.ts";
import { measureRoles, roleTable } from "./role-accuracy.ts";

/** Always says the last of the words it may choose. */
const lastWord = {
  tokenizer: new Tokenizer(tokenizerFile([])),
  async generate({ choices = [] }: GenerateOptions): Promise<NanoSample[]> {
    const facts = { tokens: [1], logprobs: [0], meanLogprob: 0, reasoning: "", reasoningTokens: 0 };
    return [{ ...facts, text: choices.at(-1) ?? "", finishReason: "end" }];
  },
};

test("a role is measured against the word that is right, and beside the commonest word", async () => {
  const results = await measureRoles(lastWord, { split: "validation", seed: 3, examples: 90 });
  expect(results.map(({ role }) => role)).toEqual(Object.keys(roleChoices));
  for (const { right, commonest } of results) {
    expect(right.trials).toBe(90);
    expect(right.right).toBeLessThanOrEqual(commonest.right);
  }
  // Countdown with four numbers alone is hard, and one question in nine is Countdown's.
  expect(results.find(({ role }) => role === "router")?.right.right).toBeLessThanOrEqual(10);
  expect(roleTable(results)).toMatch(/\| judge \| \d+\.\d% \(.*\) \| \d+\.\d% \|/);
});
