import { expect, test, vi } from "vitest";
import { FREE } from "../../models/prices.ts";
import type { ModelRegistry } from "../../models/registry.ts";
import { scriptedBackend } from "../../models/scripted.ts";
import type { Problem } from "../../problems/problem.ts";
import { strategies } from "../../strategies/registry.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { estimateEvaluation } from "./estimate.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";

const problems: Problem[] = Array.from({ length: 10 }, (_, place) => ({
  question: { id: `own/${place}`, text: `What is ${place} plus ${place}?` },
  ...{ gold: String(2 * place), family: "own", difficulty: 0.5, source: "own" },
}));

/** A real model of this price, which must not be asked. */
function registryOf(price: { input: number; output: number } | null): {
  registry: ModelRegistry;
  load: () => void;
} {
  const traits = { logprobs: true };
  const model = scriptedBackend({ name: "real", reply: () => "", samplesPerRequest: 1, traits });
  const load = vi.fn(model.load);
  const backend = { ...model, price, load };
  return { registry: { open: () => backend, list: () => [] }, load };
}

function requestOf(asked: Parameters<typeof completeRequest>[0], samples = 2): EvaluationRequest {
  const problemChoice = { kind: "benchmark", benchmark: "own", data: "own.jsonl", skip: 0 } as const;
  const answers = { by: "model", think: completeRequest({ model: "real", ...asked }), atOnce: 4 } as const;
  return { problems: problemChoice, fingerprint: "f", samples, answers };
}

test("a fixed number of samples is known exactly: its requests, the most that they write, and the price of both", async () => {
  const { registry, load } = registryOf({ input: 1, output: 10 });
  const settings = { samples: 4, confidence: 1, maxTokens: 1000 };
  const estimate = await estimateEvaluation(requestOf({ strategy: "vote", settings }), problems, {
    registry,
  });
  expect(estimate).toMatchObject({ problems: 10, questions: 20, rehearsed: 3, tokensPerSample: 400 });
  expect(estimate.high).toMatchObject({ calls: 80, outputTokens: 80 * 400 });
  expect(estimate.most).toMatchObject({ calls: 80, outputTokens: 80 * 1000 });
  const { inputTokens, outputTokens, costUsd } = estimate.most;
  expect(costUsd).toBeCloseTo((inputTokens + 10 * outputTokens) / 1e6, 5);
  expect(load).not.toHaveBeenCalled();
});

test("a budget bounds the most that it may come to", async () => {
  const { registry } = registryOf({ input: 1, output: 10 });
  const settings = { samples: 8, confidence: 1, maxTokens: 1000, budget: { tokens: 2500, usd: 0.01 } };
  const { most } = await estimateEvaluation(requestOf({ strategy: "vote", settings }), problems, {
    registry,
  });
  expect(most.outputTokens).toBeLessThanOrEqual(20 * 2500);
  expect(most.costUsd).toBeLessThanOrEqual(20 * 0.01);
});

test("without a price the cost is not known", async () => {
  const { registry } = registryOf(null);
  const { low, most } = await estimateEvaluation(requestOf({ strategy: "direct" }), problems, { registry });
  expect([low.costUsd, most.costUsd, low.calls]).toEqual([null, null, 20]);
});

test.each(strategies.map(({ name }) => name))(
  "%s can be rehearsed, and agreeing thoughts take no more",
  async (strategy) => {
    const { registry, load } = registryOf({ input: 1, output: 1 });
    const { low, high, most } = await estimateEvaluation(requestOf({ strategy }, 1), problems.slice(0, 1), {
      registry,
    });
    expect(low.calls).toBeGreaterThan(0);
    expect(low.outputTokens).toBeLessThanOrEqual(high.outputTokens);
    expect(high.outputTokens).toBeLessThanOrEqual(most.outputTokens);
    expect(load).not.toHaveBeenCalled();
  },
);

test("a strategy that could not begin says why, as the evaluation itself would", async () => {
  const { registry } = registryOf(FREE);
  const plain = { ...registry.open("real"), traits: { ...registry.open("real").traits, logprobs: false } };
  const estimate = estimateEvaluation(requestOf({ strategy: "beam" }), problems, {
    registry: { open: () => plain, list: () => [] },
  });
  await expect(estimate).rejects.toThrow(
    "beam scores steps by log-probabilities, which real does not report",
  );
});
