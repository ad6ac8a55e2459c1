import type { LanguageModelV3, LanguageModelV3CallOptions } from "@ai-sdk/provider";
import { generateText, streamText, wrapLanguageModel } from "ai";
import { expect, it } from "vitest";
import { scriptedModel } from "../../models/scripted.ts";
import { sojournMiddleware } from "./middleware.ts";

/** A model that is wrong for one seed in three, and the calls that it got. */
function guesser(delayMs = 0): { model: LanguageModelV3; calls: LanguageModelV3CallOptions[] } {
  const calls: LanguageModelV3CallOptions[] = [];
  const scripted = scriptedModel({
    ...{ name: "guesser", delayMs },
    reply: (_, __, seed) => `It must be so.\nAnswer: ${seed % 3 === 0 ? 13 : 12}`,
  });
  const model = listening(scripted, (options) => void calls.push(options));
  return { model, calls };
}

/** A model that says when it is called, whole or streamed; the call waits for what that returns. */
function listening(
  model: LanguageModelV3,
  listen: (call: LanguageModelV3CallOptions) => void | Promise<void>,
): LanguageModelV3 {
  return {
    ...model,
    async doGenerate(options) {
      await listen(options);
      return model.doGenerate(options);
    },
    async doStream(options) {
      await listen(options);
      return model.doStream(options);
    },
  };
}

it("makes any model think with a strategy, each thought a call of its own with a seed of its own", async () => {
  const { model, calls } = guesser();
  const wrapped = wrapLanguageModel({
    model,
    middleware: sojournMiddleware({ strategy: "vote", samples: 9, confidence: 1 }),
  });
  expect(wrapped.modelId).toBe("vote+guesser");
  const { text, reasoningText, usage, response } = await generateText({ model: wrapped, prompt: "7 + 5?" });
  expect(text).toBe("12");
  expect(reasoningText).toContain("It must be so.\n");
  expect(calls).toHaveLength(9);
  expect(new Set(calls.map(({ seed }) => seed)).size).toBe(9);
  expect(usage.outputTokens).toBe(9 * 6);
  expect(response.modelId).toBe("vote+guesser");
});

it("hands headers and provider options on to the wrapped model, and no setting twice", async () => {
  const { model, calls } = guesser();
  const wrapped = wrapLanguageModel({ model, middleware: sojournMiddleware({ strategy: "step-by-step" }) });
  await generateText({
    ...{ model: wrapped, prompt: "7 + 5?", system: "Be kind.", temperature: 0.5, maxOutputTokens: 50 },
    ...{ headers: { "x-team": "blue" }, providerOptions: { lab: { fast: true } } },
  });
  expect(calls).toMatchObject([
    {
      temperature: 0.5,
      maxOutputTokens: 50,
      headers: { "x-team": "blue" },
      providerOptions: { lab: { fast: true } },
    },
  ]);
  expect(calls[0]?.prompt[0]).toMatchObject({ role: "system", content: expect.stringMatching(/^Be kind\./) });
});

it("streams, and stops the wrapped model's calls when it is aborted", async () => {
  const { model } = guesser();
  const middleware = sojournMiddleware({ strategy: "vote", samples: 3 });
  const { textStream } = streamText({ model: wrapLanguageModel({ model, middleware }), prompt: "7 + 5?" });
  const texts: string[] = [];
  for await (const text of textStream) texts.push(text);
  expect(texts).toEqual(["12"]);

  const slow = guesser(3000);
  const wrapped = wrapLanguageModel({ model: slow.model, middleware });
  const abortSignal = AbortSignal.timeout(50);
  await expect(generateText({ model: wrapped, prompt: "7 + 5?", abortSignal })).rejects.toThrow(/timeout/i);
  expect(slow.calls.map((call) => call.abortSignal?.aborted)).toEqual([true, true, true]);
});

it("keeps all calls of one wrapped model within one set of limits", async () => {
  let inFlight = 0;
  let most = 0;
  const counted = listening(guesser().model, async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inFlight--;
  });
  const middleware = sojournMiddleware({
    strategy: "vote",
    samples: 4,
    backend: { limits: { inFlight: 2 } },
  });
  const wrapped = wrapLanguageModel({ model: counted, middleware });
  await Promise.all([1, 2, 3].map(() => generateText({ model: wrapped, prompt: "7 + 5?" })));
  expect(most).toBe(2);
});
