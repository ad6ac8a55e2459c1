import { describe, expect, it } from "vitest";
import { CallRecorder } from "../../test/support/call-recorder.ts";
import { eventSchema } from "../thought/event.ts";
import type { Backend } from "./backend.ts";
import { Budget, BudgetExhaustedError, type BudgetLimits } from "./budget.ts";
import type { Delta, SampleRequest } from "./client.ts";
import { createModelClient } from "./model-client.ts";
import { type ScriptedBackendSettings, scriptedBackend } from "./scripted.ts";

const REQUEST: SampleRequest = {
  role: "policy",
  site: "answer",
  prompt: { system: "Be brief.", messages: [{ role: "user", content: "What is 6 times 7?" }] },
  maxTokens: 50,
};

interface ClientSettings {
  limits?: BudgetLimits;
  recorder?: CallRecorder;
  signal?: AbortSignal;
  seed?: number;
}

function clientOver(backend: Backend, settings: ClientSettings = {}) {
  const { limits = {}, recorder = new CallRecorder(), signal, seed = 7 } = settings;
  const budget = new Budget(limits);
  return { client: createModelClient({ model: backend, recorder, budget, seed, signal }), recorder, budget };
}

const numbered: ScriptedBackendSettings["reply"] = (_prompt, sample, seed) =>
  `sample ${sample} of seed ${seed}`;

describe("model client", () => {
  it("brings n samples in one request where the backend can, each with its own seed", async () => {
    const { client, recorder } = clientOver(scriptedBackend({ reply: numbered }));
    const samples = await client.generate({ ...REQUEST, samples: 3, firstSample: 2 });
    expect(samples.map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(new Set(samples.map(({ text }) => text)).size).toBe(3);
    expect(recorder.events.map(({ type }) => type)).toEqual(["call-finished"]);
  });

  it("gives a sample the same seed whatever it is asked together with", async () => {
    const { client } = clientOver(scriptedBackend({ reply: numbered }));
    const together = await client.generate({ ...REQUEST, samples: 4 });
    const other = clientOver(scriptedBackend({ reply: numbered, samplesPerRequest: 1 })).client;
    const [alone] = await other.generate({ ...REQUEST, firstSample: 3 });
    expect(alone?.text).toBe(together[3]?.text);
  });

  it("asks again for samples that a reply left out, each as a call of its own", async () => {
    const backend = scriptedBackend({
      reply: numbered,
      fault: (request) => (request === 0 ? "one-sample" : undefined),
    });
    const { client, recorder } = clientOver(backend);
    const samples = await client.generate({ ...REQUEST, samples: 8 });
    expect(samples.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(recorder.events).toHaveLength(8);
    expect(backend.learnt.samplesPerRequest).toBe(1);
  });

  it("writes events that the log's schema accepts", async () => {
    const { client, recorder } = clientOver(
      scriptedBackend({ reply: () => ({ text: "42", reasoning: "6 7s" }) }),
    );
    await client.generate({ ...REQUEST, stop: ["\n"], temperature: 0.5 });
    const [event] = recorder.events;
    expect(eventSchema.parse(JSON.parse(JSON.stringify({ ...event, at: 1 })))).toMatchObject({
      type: "call-finished",
      occurrence: 0,
      model: "scripted",
      samples: [{ index: 0, text: "42", reasoning: "6 7s", finishReason: "stop" }],
      request: { system: "Be brief.", parameters: { maxTokens: 50, temperature: 0.5, stop: ["\n"] } },
    });
  });

  it("records a call before its samples resolve", async () => {
    const { client, recorder } = clientOver(scriptedBackend({ reply: numbered }));
    const [pending] = client.sample(REQUEST);
    expect(recorder.events).toHaveLength(0);
    await pending;
    expect(recorder.events).toHaveLength(1);
  });

  it("does not ask again for what the log holds, and charges the budget alike", async () => {
    const reply = numbered;
    const first = clientOver(scriptedBackend({ reply, samplesPerRequest: 3 }), {
      limits: { tokens: 10_000 },
    });
    const samples = await first.client.generate({ ...REQUEST, samples: 5 });
    let asked = 0;
    const second = clientOver(scriptedBackend({ reply: () => `asked ${asked++}`, samplesPerRequest: 3 }), {
      recorder: new CallRecorder(first.recorder.events),
      limits: { tokens: 10_000 },
    });
    const again = await second.client.generate({ ...REQUEST, samples: 5 });
    expect(again.map(({ text }) => text)).toEqual(samples.map(({ text }) => text));
    expect(asked).toBe(0);
    expect(second.recorder.events).toHaveLength(0);
    expect(second.budget.spent).toEqual(first.budget.spent);
  });

  it("counts repeated calls from one site apart", async () => {
    const { client, recorder } = clientOver(scriptedBackend({ reply: numbered }));
    await client.generate({ ...REQUEST, samples: 2 });
    await client.generate({ ...REQUEST, samples: 3 });
    const keys = recorder.events.flatMap((event) =>
      event.type === "call-finished" ? event.samples.map(({ index }) => `${event.occurrence}:${index}`) : [],
    );
    expect(keys).toEqual(["0:0", "0:1", "1:0", "1:1", "0:2"]);
  });

  it("refuses a logged call that was made with another prompt", async () => {
    const first = clientOver(scriptedBackend({ reply: numbered }));
    await first.client.generate(REQUEST);
    const { client } = clientOver(scriptedBackend({ reply: numbered }), {
      recorder: new CallRecorder(first.recorder.events),
    });
    await expect(client.generate({ ...REQUEST, temperature: 1 })).rejects.toThrow(/start a new run/);
  });

  it("streams pieces that add up to the sample", async () => {
    const backend = scriptedBackend({ reply: () => "<think>six sevens</think> it is 42", delayMs: 5 });
    const { client } = clientOver(backend);
    const deltas: Delta[] = [];
    const [sample] = await client.generate({ ...REQUEST, onDelta: (delta) => deltas.push(delta) });
    const joined = (kind: Delta["kind"]) => deltas.filter((one) => one.kind === kind).map(({ text }) => text);
    expect(sample).toMatchObject({ text: "it is 42", reasoning: "six sevens" });
    expect(joined("text").join("").trim()).toBe("it is 42");
    expect(joined("reasoning").join("")).toBe("six sevens");
  });

  it("says so when a stream breaks, and counts what was lost", async () => {
    const backend = scriptedBackend({
      reply: () => "one two three four five six",
      fault: (request) => (request === 0 ? "cut" : undefined),
    });
    const { client, recorder } = clientOver(backend);
    const deltas: Delta[] = [];
    const [sample] = await client.generate({ ...REQUEST, onDelta: (delta) => deltas.push(delta) });
    expect(sample?.text).toBe("one two three four five six");
    expect(deltas.filter(({ kind }) => kind === "restarted")).toHaveLength(1);
    const [event] = recorder.events;
    expect(event).toMatchObject({ type: "call-finished", usage: { calls: 2, outputTokens: 6 } });
    expect(event?.type === "call-finished" && event.usage.estimatedOutputTokens).toBeGreaterThan(0);
  });

  it("tries again after being told to wait", async () => {
    const backend = scriptedBackend({
      reply: () => "42",
      fault: (request) => (request < 2 ? "rate-limit" : undefined),
    });
    const { client, recorder } = clientOver(backend);
    expect(await client.generate(REQUEST)).toMatchObject([{ text: "42" }]);
    expect(recorder.events).toMatchObject([{ type: "call-finished", usage: { calls: 3 } }]);
  });

  it("cancels what is under way, records it at once, and rejects with the signal's reason", async () => {
    const stop = new AbortController();
    const { client, recorder } = clientOver(scriptedBackend({ reply: numbered, delayMs: 5_000 }), {
      signal: stop.signal,
    });
    const [pending] = client.sample({ ...REQUEST, onDelta: () => {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort(new Error("stopped by the user"));
    expect(recorder.events).toMatchObject([
      { type: "call-failed", outcome: "cancelled", error: "stopped by the user" },
    ]);
    await expect(pending).rejects.toThrow("stopped by the user");
    await expect(client.generate(REQUEST)).rejects.toThrow("stopped by the user");
    expect(recorder.events).toHaveLength(1);
  });

  it("lets many calls and clients share a signal without a warning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on("warning", note);
    const { signal } = new AbortController();
    const calls = Array.from({ length: 20 }, () => {
      const { client } = clientOver(scriptedBackend({ reply: numbered, samplesPerRequest: 1 }), { signal });
      return client.generate({ ...REQUEST, samples: 3, signal });
    });
    await Promise.all(calls);
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  it("cancels the samples of one request and leaves the others alone", async () => {
    const stop = new AbortController();
    const { client } = clientOver(scriptedBackend({ reply: numbered, delayMs: 30 }));
    const [first] = client.sample({ ...REQUEST, signal: stop.signal });
    const [second] = client.sample({ ...REQUEST, site: "other" });
    stop.abort(new Error("no longer needed"));
    await expect(first).rejects.toThrow("no longer needed");
    await expect(second).resolves.toMatchObject({ index: 0 });
  });

  it("rejects the samples that the budget does not reach, and those alone", async () => {
    const { client, budget } = clientOver(scriptedBackend({ reply: numbered }), { limits: { tokens: 200 } });
    const settled = await Promise.allSettled(client.sample({ ...REQUEST, samples: 8 }));
    const kinds = settled.map(({ status }) => status);
    expect(kinds.filter((kind) => kind === "fulfilled").length).toBeGreaterThan(0);
    expect(kinds).toEqual([...kinds].sort());
    const rejected = settled.find((outcome) => outcome.status === "rejected");
    expect(rejected?.reason).toBeInstanceOf(BudgetExhaustedError);
    for (const outcome of settled) if (outcome.status === "fulfilled") outcome.value.settle();
    expect(budget.spent.tokens).toBeLessThanOrEqual(200);
  });

  it("gives a refused sample the same key and seed when it is asked for again", async () => {
    const free = clientOver(scriptedBackend({ reply: numbered }));
    const [first] = await free.client.generate(REQUEST);
    const held = clientOver(scriptedBackend({ reply: numbered }), { limits: { tokens: 500 } });
    const [large] = held.client.sample({ ...REQUEST, site: "other", maxTokens: 350 });
    const [early] = await Promise.allSettled(held.client.sample(REQUEST));
    expect(early?.status).toBe("rejected");
    (await large)?.settle();
    const [late] = await held.client.generate(REQUEST);
    expect(late?.text).toBe(first?.text);
    expect(held.recorder.events.at(-1)).toMatchObject({ site: "answer", occurrence: 0 });
  });

  it("keeps the key of a sample that a short reply left out and the budget did not reach again", async () => {
    const backend = scriptedBackend({
      reply: numbered,
      fault: (request) => (request === 0 ? "one-sample" : undefined),
    });
    const { client, recorder } = clientOver(backend, { limits: { tokens: 200 } });
    const [first, second] = await Promise.allSettled(client.sample({ ...REQUEST, samples: 2 }));
    expect([first?.status, second?.status]).toEqual(["fulfilled", "rejected"]);
    if (first?.status === "fulfilled") first.value.settle();
    await client.generate({ ...REQUEST, firstSample: 1 });
    expect(recorder.events.at(-1)).toMatchObject({ occurrence: 0, samples: [{ index: 1 }] });
  });

  it("gives a sample what is left of a small budget", async () => {
    const { client, recorder } = clientOver(scriptedBackend({ reply: () => "word ".repeat(500) }), {
      limits: { tokens: 120 },
    });
    const [sample] = await client.generate({ ...REQUEST, maxTokens: 1_000 });
    expect(sample?.finishReason).toBe("length");
    await expect(client.generate({ ...REQUEST, maxTokens: 1_000 })).rejects.toThrow(BudgetExhaustedError);
    expect(recorder.events).toHaveLength(1);
  });

  it("ends what is under way when the budget in seconds is used up", async () => {
    const { client, recorder } = clientOver(scriptedBackend({ reply: numbered, delayMs: 10_000 }), {
      limits: { seconds: 0.05 },
    });
    await expect(client.generate(REQUEST)).rejects.toThrow(/budget of 0.05 seconds/);
    expect(recorder.events).toMatchObject([{ type: "call-failed", outcome: "cancelled" }]);
  });

  it("answers an error of a call once, with one line that names the model's place", async () => {
    const backend = scriptedBackend({ reply: () => "never", fault: () => "server-error" });
    const { client, recorder } = clientOver(backend);
    await expect(client.generate(REQUEST)).rejects.toThrow(/^scripted failed for scripted \(500\)/);
    expect(recorder.events).toMatchObject([{ type: "call-failed", outcome: "failed", usage: { calls: 6 } }]);
  });

  it("keeps 64 samples in flight together", async () => {
    const backend = scriptedBackend({ reply: numbered, samplesPerRequest: 1 });
    const model = await backend.load();
    let inFlight = 0;
    let answerAll = (): void => {};
    const allAsked = new Promise<void>((resolve) => {
      answerAll = resolve;
    });
    const { client } = clientOver({
      ...backend,
      // Nobody is answered before all have asked.
      load: async () => ({
        ...model,
        doGenerate: async (options) => {
          if (++inFlight === 64) answerAll();
          await allAsked;
          return model.doGenerate(options);
        },
      }),
    });
    expect(await client.generate({ ...REQUEST, samples: 64 })).toHaveLength(64);
  });
});
