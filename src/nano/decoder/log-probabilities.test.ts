import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { thoughtTokens } from "../thought-tokens.ts";
import { logProbabilities } from "./log-probabilities.ts";
import { loadNano } from "./nano.ts";

const weights = fileURLToPath(new URL("../../../weights/nano", import.meta.url));

test("are those that the sampler reports of what it draws", async () => {
  const nano = await loadNano(weights);
  const prompt = thoughtTokens(nano.tokenizer, { question: "What is 3 + 5?", thought: [] }).ids;
  const [sample] = await nano.generate({ promptTokens: prompt, temperature: 1, maxTokens: 20, seed: 3 });
  const found = logProbabilities(nano, [...prompt, ...(sample?.tokens ?? [])]);
  expect(found[0]).toBe(0);
  expect(sample?.logprobs.length).toBeGreaterThan(5);
  // The sampler leaves out ids that fill the vocabulary up, which a trained model hardly expects.
  for (const [index, logprob] of sample?.logprobs.entries() ?? [])
    expect(found[prompt.length + index]).toBeCloseTo(logprob, 4);
});
