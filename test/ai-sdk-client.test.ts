import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, streamText } from "ai";
import { expect, test } from "vitest";
import { serve } from "./support/served.ts";

const thinker = { reply: () => ({ reasoning: "left is dark\nright is lit", text: "Right" }) };

test("the AI SDK's openai-compatible provider reads thinking, answer and usage, whole and streamed", async () => {
  const { url, endpoint } = await serve({ endpoint: thinker });
  const sojourn = createOpenAICompatible({ name: "sojourn", baseURL: `${url}/v1`, includeUsage: true });
  const model = sojourn("step-by-step+vllm/m");
  const whole = await generateText({ model, system: "Be brief.", prompt: "Which way?", maxRetries: 0 });
  expect([whole.reasoningText, whole.text, whole.finishReason]).toEqual([
    ...["left is dark\nright is lit", "Right", "stop"],
  ]);
  const streamed = streamText({ model, prompt: "Which way?", maxRetries: 0 });
  expect((await streamed.reasoningText)?.trim()).toBe("left is dark\nright is lit");
  expect(await streamed.text).toBe("Right");
  const [first, second] = endpoint.ledger.entries;
  for (const [usage, entry] of [[whole.usage, first] as const, [await streamed.usage, second] as const]) {
    const { prompt = -1, completion = -1, reasoning = -1 } = entry?.reported ?? {};
    expect(usage).toMatchObject({ inputTokens: prompt, outputTokens: completion });
    expect(usage.outputTokenDetails.reasoningTokens).toBe(reasoning);
  }
});

test("the AI SDK's openai-compatible provider hands on effort, limit, seed, stop and our own settings", async () => {
  const { url, endpoint } = await serve({ endpoint: thinker });
  const sojourn = createOpenAICompatible({ name: "sojourn", baseURL: `${url}/v1` });
  const { text } = await generateText({
    model: sojourn("vote+vllm/m"),
    prompt: "Which way?",
    ...{ maxRetries: 0, seed: 7, temperature: 0.3, maxOutputTokens: 500, stopSequences: ["ght"] },
    providerOptions: { sojourn: { reasoningEffort: "low", sojourn: { settings: { samples: 2 } } } },
  });
  expect(text).toBe("Ri");
  const asked = endpoint.ledger.entries.reduce((sum, { request }) => sum + (request.body.n ?? 1), 0);
  expect(asked).toBe(2);
  expect(endpoint.ledger.entries[0]?.request.body).toMatchObject({ temperature: 0.3 });
});

test("the AI SDK's OpenAI provider reads responses, whole and streamed", async () => {
  const { url } = await serve({ endpoint: thinker });
  const model = createOpenAI({ baseURL: `${url}/v1`, apiKey: "none" }).responses("step-by-step+vllm/m");
  const providerOptions = { openai: { reasoningSummary: "auto", store: false, forceReasoning: true } };
  const whole = await generateText({ model, prompt: "Which way?", maxRetries: 0, providerOptions });
  const streamed = streamText({ model, prompt: "Which way?", maxRetries: 0, providerOptions });
  for (const [thinking, text] of [
    [whole.reasoningText, whole.text],
    [await streamed.reasoningText, await streamed.text],
  ]) {
    expect(thinking?.trim()).toBe("left is dark\nright is lit");
    expect(text).toBe("Right");
  }
});
