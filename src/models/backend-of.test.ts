import { expect, it } from "vitest";
import { CallRecorder } from "../../test/support/call-recorder.ts";
import { backendOf } from "./backend-of.ts";
import { Budget } from "./budget.ts";
import { createModelClient } from "./model-client.ts";
import { scriptedModel } from "./scripted.ts";

const named = (provider: string, modelId: string) => ({
  ...scriptedModel({ reply: (_prompt, _sample, seed) => `drawn with ${seed}` }),
  provider,
  modelId,
});

it("brings n samples of a model that gives one a call, each with a seed of its own", async () => {
  const recorder = new CallRecorder();
  const model = backendOf(named("lab", "small"));
  const client = createModelClient({ model, recorder, budget: new Budget({}), seed: 1 });
  const prompt = { messages: [{ role: "user", content: "Draw." } as const] };
  const samples = await client.generate({ role: "policy", site: "draw", prompt, samples: 3, maxTokens: 9 });
  expect(new Set(samples.map(({ text }) => text)).size).toBe(3);
  expect(recorder.events).toMatchObject([1, 2, 3].map(() => ({ type: "call-finished", model: "lab/small" })));
});

it("knows a model by its provider and name, and so its list price", () => {
  expect(backendOf(named("openai.responses", "gpt-5-mini"))).toMatchObject({
    traits: { name: "openai/gpt-5-mini", followsInstructions: true, prefill: "none", logprobs: false },
    price: { input: 0.25, output: 2 },
  });
  expect(backendOf(named("lab", "small")).price).toBeNull();
});

it("takes traits and a price from whoever knows the model better", () => {
  const price = { input: 1, output: 2 };
  const backend = backendOf(named("lab", "small"), { traits: { prefill: "reply", name: "mine" }, price });
  expect(backend).toMatchObject({
    traits: { name: "mine", prefill: "reply", followsInstructions: true },
    price,
  });
});
