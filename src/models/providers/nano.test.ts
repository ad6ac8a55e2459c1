import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CallRecorder } from "../../../test/support/call-recorder.ts";
import { writeModelFiles, writeWeights } from "../../nano/checkpoint.ts";
import { randomModel } from "../../nano/decoder/random-model.ts";
import { tokenizerFile } from "../../nano/tokenizer-file.ts";
import { Budget } from "../budget.ts";
import type { Delta, SampleRequest } from "../client.ts";
import { createModelClient } from "../model-client.ts";
import { createRegistry } from "../registry.ts";

const REQUEST: SampleRequest = {
  role: "policy",
  site: "roll-out:0",
  prompt: { messages: [{ role: "user", content: "1 + 2 is" }] },
  maxTokens: 24,
  temperature: 1,
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nano-"));
  const model = randomModel(
    { hidden: 32, layers: 1, heads: 2, intermediate: 64, context: 128, ropeTheta: 10_000 },
    5,
  );
  await writeModelFiles(folder, model.config, JSON.stringify(tokenizerFile([" =", " 1", " is", "tens"])));
  await writeWeights(folder, model.weights, "F32");
});
afterAll(() => rm(folder, { recursive: true }));

function open() {
  const recorder = new CallRecorder();
  const model = createRegistry({}, {}).open(`nano/${folder}`);
  const client = createModelClient({ model, recorder, budget: new Budget({ tokens: 10_000 }), seed: 1 });
  return { client, recorder, model };
}

describe("nano behind the client", () => {
  it("brings n samples in one call, each as it would be alone", async () => {
    const { client, recorder } = open();
    const together = await client.generate({ ...REQUEST, samples: 5 });
    expect(recorder.events).toHaveLength(1);
    const [alone] = await open().client.generate({ ...REQUEST, firstSample: 3 });
    expect(alone).toMatchObject({ text: together[3]?.text, reasoning: together[3]?.reasoning });
    expect(new Set(together.map(({ reasoning }) => reasoning)).size).toBeGreaterThan(1);
  });

  it("reports its own tokens, log-probabilities and no cost", async () => {
    const { client, recorder } = open();
    const [sample] = await client.generate(REQUEST);
    expect(sample?.meanLogprob).toBeLessThan(0);
    expect(recorder.events).toMatchObject([
      { type: "call-finished", usage: { estimatedOutputTokens: 0, costUsd: 0, calls: 1 } },
    ]);
  });

  it("streams the same sample as it brings whole", async () => {
    const deltas: Delta[] = [];
    const [streamed] = await open().client.generate({ ...REQUEST, onDelta: (delta) => deltas.push(delta) });
    const [whole] = await open().client.generate(REQUEST);
    expect({ ...streamed, settle: undefined }).toEqual({ ...whole, settle: undefined });
    const shown = deltas.flatMap(({ kind, text }) => (kind === "reasoning" ? text : "")).join("");
    expect(shown.trim()).toBe(whole?.reasoning?.trim() ?? "");
  });

  it("continues a thought up to the end of its next step", async () => {
    const prompt = { ...REQUEST.prompt, prefill: "1 + 2\n" };
    const [sample] = await open().client.generate({ ...REQUEST, prompt, stop: ["\n"] });
    expect(sample?.reasoning ?? "").not.toContain("\n");
  });

  it("says what it cannot do once", async () => {
    const { client } = open();
    const messages = [{ role: "user", content: "Hi" } as const, ...REQUEST.prompt.messages];
    await client.generate({ ...REQUEST, prompt: { system: "Be brief.", messages }, samples: 2 });
    expect([...client.warnings]).toEqual([expect.stringMatching(/earlier turns .*no memory/)]);
  });

  it("knows its scope where a detector lies beside the weights", async () => {
    expect(open().model.traits.accepts).toBeUndefined();
    await writeFile(join(folder, "detector.json"), "{}");
    const { traits } = open().model;
    expect(traits.accepts).toBeTypeOf("function");
    expect(traits.outOfScope).toMatch(/--model/);
  });
});
