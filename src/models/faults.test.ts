import { afterEach, describe, expect, it } from "vitest";
import { CallRecorder } from "../../test/support/call-recorder.ts";
import { fold } from "../thought/fold.ts";
import { foldUsage } from "../thought/fold-usage.ts";
import { Budget, type BudgetLimits } from "./budget.ts";
import type { SampleRequest } from "./client.ts";
import { createModelClient } from "./model-client.ts";
import { createRegistry } from "./registry.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "./testing/index.ts";

const REQUEST: SampleRequest = {
  role: "policy",
  site: "answer",
  prompt: { messages: [{ role: "user", content: "What is 6 times 7?" }] },
  maxTokens: 100,
};
const LONG =
  "The product of six and seven is found by adding seven six times, which makes forty two in the end.";

let endpoint: Endpoint | undefined;

afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

async function start(
  options: EndpointOptions,
  settings: { limits?: BudgetLimits; signal?: AbortSignal } = {},
) {
  const started = await startEndpoint(options);
  endpoint = started;
  const backend = createRegistry({}, { OPENAI_BASE_URL: started.url }).open("openai/test");
  const recorder = new CallRecorder();
  const budget = new Budget(settings.limits ?? {});
  const client = createModelClient({ model: backend, recorder, budget, seed: 1, signal: settings.signal });
  const usage = () =>
    fold(
      foldUsage,
      recorder.events.map((event) => ({ ...event, at: 0 })),
    );
  const bodies = () => started.ledger.entries.map(({ request }) => request.body);
  return { endpoint: started, bodies, backend, recorder, client, usage, budget };
}

describe("one client over an endpoint that fails", () => {
  it("waits as long as Retry-After says", async () => {
    const { client, usage } = await start({
      fault: ({ number }) =>
        number === 0 ? { kind: "status", status: 429, headers: { "retry-after": "1" } } : undefined,
    });
    const startedAt = performance.now();
    await client.generate(REQUEST);
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    expect(usage().calls).toBe(2);
  });

  it("tries again after a server error", async () => {
    const { client, recorder } = await start({
      fault: ({ number }) => (number === 0 ? { kind: "status", status: 503 } : undefined),
    });
    expect(await client.generate(REQUEST)).toMatchObject([{ text: "choice 0 of request 1" }]);
    expect(recorder.events).toMatchObject([{ type: "call-finished", usage: { calls: 2 } }]);
  });

  it("does not try again what was refused, and says what the server said", async () => {
    const { client, bodies } = await start({
      fault: () => ({ kind: "status", status: 400, message: "prompt is too long" }),
    });
    await expect(client.generate(REQUEST)).rejects.toThrow(
      /refused the request for openai\/test \(400\): prompt is too/,
    );
    expect(bodies()).toHaveLength(1);
  });

  it.each([
    [401, /does not accept the key \(401\): check the environment variable OPENAI_API_KEY/],
    [404, /has no model openai\/test \(404\): check the model's name/],
  ])("explains a %d", async (status, message) => {
    const { client } = await start({ fault: () => ({ kind: "status", status }) });
    await expect(client.generate(REQUEST)).rejects.toThrow(message);
  });

  it("says that a dead server cannot be reached", async () => {
    const { client, endpoint } = await start({});
    await endpoint.close();
    await expect(client.generate(REQUEST)).rejects.toThrow(
      `cannot reach ${endpoint.url}: is the server running? Start it, or choose another model with --model`,
    );
  });

  it("asks again when a connection breaks in the middle of a stream, and counts what had come", async () => {
    const { client, usage } = await start({
      reply: () => LONG,
      fault: ({ number }) => (number === 0 ? { kind: "cut", afterPieces: 6 } : undefined),
    });
    const [sample] = await client.generate({ ...REQUEST, onDelta: () => {} });
    expect(sample?.text).toBe(LONG);
    expect(usage()).toMatchObject({ calls: 2 });
    expect(usage().estimatedOutputTokens).toBeGreaterThan(2);
  });

  it("asks again when a connection breaks before the reply", async () => {
    const { client, usage } = await start({
      fault: ({ number }) => (number === 0 ? { kind: "cut", afterPieces: 0 } : undefined),
    });
    await client.generate(REQUEST);
    expect(usage().calls).toBe(2);
  });

  it("closes the socket of a stream that never ends when it is stopped, and counts what had come", async () => {
    const stop = new AbortController();
    const { client, endpoint, recorder } = await start(
      { reply: () => LONG, fault: () => ({ kind: "never-ending" }) },
      { signal: stop.signal },
    );
    let pieces = 0;
    const [pending] = client.sample({
      ...REQUEST,
      onDelta: () => {
        if (++pieces === 10) stop.abort(new Error("enough"));
      },
    });
    await expect(pending).rejects.toThrow("enough");
    expect(recorder.events).toMatchObject([
      { type: "call-failed", outcome: "cancelled", usage: { calls: 1 } },
    ]);
    const [event] = recorder.events;
    expect(event?.type === "call-failed" && event.usage.estimatedOutputTokens).toBeGreaterThanOrEqual(8);
    await expect.poll(() => endpoint.ledger.entries[0]?.outcome).toBe("broken-off");
  });

  it("closes the socket of a call that is not streamed when it is stopped", async () => {
    const stop = new AbortController();
    const { client, endpoint } = await start({ fault: () => ({ kind: "silent" }) }, { signal: stop.signal });
    const [pending] = client.sample(REQUEST);
    await expect.poll(() => endpoint.ledger.inFlight).toBe(1);
    stop.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    await expect.poll(() => endpoint.ledger.entries[0]?.outcome).toBe("broken-off");
  });

  it("tops up eight samples from a backend that ignores n", async () => {
    const { client, bodies, recorder } = await start({ fault: () => ({ kind: "ignores-n" }) });
    const samples = await client.generate({ ...REQUEST, samples: 8 });
    expect(new Set(samples.map(({ text }) => text)).size).toBe(8);
    expect(bodies().map(({ n }) => n)).toEqual([8, 1, 1, 1, 1, 1, 1, 1]);
    expect(recorder.events).toHaveLength(8);
    expect(new Set(bodies().map(({ seed }) => seed)).size).toBe(8);
  });

  it("goes on without a parameter that the backend refuses", async () => {
    const { client, bodies } = await start({
      fault: ({ body }) => {
        if (body.seed !== undefined) return { kind: "status", status: 422, message: "Extra inputs: seed" };
        return (body.n ?? 1) > 1 ? { kind: "status", status: 400, message: "'n' must be 1" } : undefined;
      },
    });
    expect(await client.generate({ ...REQUEST, samples: 3 })).toHaveLength(3);
    expect(
      bodies()
        .slice(2)
        .every(({ n, seed }) => n === 1 && seed === undefined),
    ).toBe(true);
  });

  it("goes on without what is refused also where others had learnt it while the refusal was under way", async () => {
    const { client, bodies } = await start({
      latency: { kind: "uniform", fromMs: 1, toMs: 40 },
      fault: () => ({ kind: "refuses", parameter: "seed" }),
    });
    const all = Array.from({ length: 8 }, (_, site) => client.generate({ ...REQUEST, site: `site ${site}` }));
    expect(await Promise.all(all)).toHaveLength(8);
    expect(bodies()).toHaveLength(16);
  });

  it.each([false, true])(
    "keeps the count of a prompt whose reply had no choice (streamed: %s)",
    async (streamed) => {
      const { client, endpoint, usage } = await start({
        fault: ({ number }) => (number === 0 ? { kind: "no-choices" } : undefined),
      });
      await client.generate({ ...REQUEST, ...(streamed && { onDelta: () => {} }) });
      const { reported } = endpoint.ledger.sum();
      expect(usage()).toMatchObject({
        inputTokens: reported.prompt,
        outputTokens: reported.completion,
        calls: 2,
      });
    },
  );

  it.each([{ kind: "truncated" }, { kind: "cut" }] as const)(
    "counts what had come of a whole reply that was %j",
    async (fault) => {
      const { client, endpoint, usage } = await start({
        reply: () => `${LONG} "quoted"\n${LONG}`,
        fault: ({ number }) => (number === 0 ? fault : undefined),
      });
      await client.generate(REQUEST);
      const [broken] = endpoint.ledger.entries;
      expect(usage().estimatedOutputTokens).toBe(broken?.sentTokens);
      expect(broken?.sentTokens).toBeGreaterThan(10);
    },
  );

  it.each([false, true])(
    "counts with a tokenizer what the backend did not count (streamed: %s)",
    async (streamed) => {
      const { client, usage } = await start({ reply: () => LONG, fault: () => ({ kind: "no-usage" }) });
      await client.generate({ ...REQUEST, ...(streamed && { onDelta: () => {} }) });
      expect(usage()).toMatchObject({ inputTokens: 0, outputTokens: 0, estimatedOutputTokens: 22 });
    },
  );

  it.each([0, 0.5, 2, 10])("does not trust a report of %d times the truth", async (times) => {
    const { client, usage } = await start({
      reply: () => LONG,
      fault: () => ({ kind: "wrong-usage", times }),
    });
    await client.generate(REQUEST);
    expect(usage()).toMatchObject({ outputTokens: 0, estimatedOutputTokens: 22 });
  });

  it.each([false, true])("asks again when a reply is malformed (streamed: %s)", async (streamed) => {
    const { client, usage } = await start({
      reply: () => LONG,
      fault: ({ number }) => (number === 0 ? { kind: "truncated" } : undefined),
    });
    const [sample] = await client.generate({ ...REQUEST, ...(streamed && { onDelta: () => {} }) });
    expect(sample?.text).toBe(LONG);
    expect(usage().calls).toBe(2);
  });

  it("explains a server that never sends a chat completion", async () => {
    const { client } = await start({ fault: () => ({ kind: "truncated" }) });
    await expect(client.generate(REQUEST)).rejects.toThrow(
      /that is not in the expected format: Invalid JSON response/,
    );
  });

  it("keeps 64 samples of a second apiece in flight together", async () => {
    const { client, endpoint, backend } = await start({ latency: { kind: "fixed", ms: 1000 } });
    backend.learnt.samplesPerRequest = 1;
    await client.generate({ ...REQUEST, samples: 64 });
    expect(endpoint.ledger.mostInFlight).toBe(64);
  });

  it("keeps a ledger that equals the endpoint's own count", async () => {
    const { client, endpoint, usage, budget } = await start({
      reply: (_, choice, _seed, { number }) => `${LONG} ${choice} ${number}`,
      fault: ({ number }) =>
        number % 3 === 1 ? { kind: "status", status: 500, headers: { "retry-after-ms": "5" } } : undefined,
    });
    await Promise.all(
      Array.from({ length: 12 }, (_, site) =>
        client.generate({
          ...REQUEST,
          site: `site ${site}`,
          samples: 1 + (site % 3),
          ...(site % 2 === 0 && { onDelta: () => {} }),
        }),
      ),
    );
    const { inputTokens, outputTokens, estimatedOutputTokens, calls } = usage();
    const { reported, requests } = endpoint.ledger.sum();
    expect({ inputTokens, outputTokens, calls }).toEqual({
      inputTokens: reported.prompt,
      outputTokens: reported.completion,
      calls: requests,
    });
    expect(estimatedOutputTokens).toBe(0);
    expect(budget.spent).toEqual({ tokens: inputTokens + outputTokens, outputTokens, calls, usd: 0 });
  });

  it("never lets a key into a message or the log", async () => {
    const key = "test-key-0123456789";
    const { endpoint } = await start({
      fault: () => ({ kind: "status", status: 400, message: `bad key ${key}` }),
    });
    const registry = createRegistry({}, { OPENAI_BASE_URL: endpoint.url, OPENAI_API_KEY: key });
    const recorder = new CallRecorder();
    const client = createModelClient({
      model: registry.open("openai/test"),
      recorder,
      budget: new Budget({}),
      seed: 1,
    });
    await expect(client.generate(REQUEST)).rejects.toThrow(/bad key \.\.\./);
    expect(JSON.stringify(recorder.events)).not.toContain(key);
  });
});
