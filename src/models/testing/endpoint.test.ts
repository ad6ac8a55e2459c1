import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Random } from "../../thought/random.ts";
import { createFetch } from "../http.ts";
import { countTokens } from "../tokens.ts";
import { type Endpoint, startEndpoint } from "./endpoint.ts";
import { type EndpointFault, faultPlan, oneOfFaults } from "./fault.ts";
import { drawLatency, type Latency } from "./latency.ts";
import type { EndpointOptions } from "./options.ts";

const TEXT = "Six sevens are found by adding seven six times, which makes forty two.";

let endpoint: Endpoint | undefined;

afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

async function start(options: EndpointOptions = {}): Promise<Endpoint> {
  endpoint = await startEndpoint(options);
  return endpoint;
}

function post({ url }: Endpoint, body: object = {}, api = "chat/completions"): Promise<Response> {
  const asked =
    api === "completions"
      ? { prompt: "6 times 7?" }
      : { messages: [{ role: "user", content: "6 times 7?" }] };
  return fetch(`${url}/${api}`, {
    method: "POST",
    body: JSON.stringify({ model: "any", ...asked, ...body }),
  });
}

const replySchema = z.looseObject({
  choices: z.array(
    z.looseObject({ message: z.looseObject({ content: z.string() }), finish_reason: z.string() }),
  ),
  usage: z
    .looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() })
    .optional(),
});

async function reply(served: Endpoint, body: object = {}) {
  return replySchema.parse(await (await post(served, body)).json());
}

/** The data of a stream's events. */
async function events(response: Response): Promise<unknown[]> {
  const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: {"));
  return lines.map((line): unknown => JSON.parse(line.slice(6)));
}

describe("an endpoint that behaves", () => {
  it("answers by its script, with a seed for each choice, and reports what it made", async () => {
    const served = await start({ reply: (_, sample, seed) => `${TEXT} ${sample} ${seed}` });
    const first = await reply(served, { n: 3, seed: 7 });
    const again = await reply(served, { n: 3, seed: 7 });
    expect(again.choices).toEqual(first.choices);
    const texts = first.choices.map(({ message }) => message.content);
    expect(texts[0]).toBe(`${TEXT} 0 7`);
    expect(new Set(texts).size).toBe(3);
    const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
    expect(first.usage?.completion_tokens).toBe(tokens);
    expect(served.ledger.sum()).toMatchObject({
      requests: 2,
      made: { completion: 2 * tokens },
      reported: { completion: 2 * tokens },
      sentTokens: 2 * tokens,
    });
  });

  it("keeps to stop texts and to the most tokens", async () => {
    const served = await start({ reply: () => TEXT });
    const [stopped] = (await reply(served, { stop: [" six", " adding"] })).choices;
    expect(stopped).toMatchObject({
      message: { content: "Six sevens are found by" },
      finish_reason: "stop",
    });
    const cut = await reply(served, { max_tokens: 5 });
    expect(cut.choices[0]?.finish_reason).toBe("length");
    expect(cut.usage?.completion_tokens).toBeLessThanOrEqual(5);
  });

  it("streams the same text in pieces, and usage only where it is asked for", async () => {
    const served = await start({ reply: () => ({ text: TEXT, reasoning: "adding sevens" }) });
    const asked = await events(await post(served, { stream: true, stream_options: { include_usage: true } }));
    const texts = asked.map(
      (event) =>
        z.object({ choices: z.array(z.looseObject({ delta: z.looseObject({}) })) }).parse(event).choices[0]
          ?.delta,
    );
    expect(texts.map((delta) => delta?.["content"] ?? "").join("")).toBe(TEXT);
    expect(texts.map((delta) => delta?.["reasoning_content"] ?? "").join("")).toBe("adding sevens");
    const tokens = countTokens(TEXT) + countTokens("adding sevens");
    expect(asked.at(-1)).toMatchObject({
      choices: [],
      usage: {
        completion_tokens: tokens,
        completion_tokens_details: { reasoning_tokens: countTokens("adding sevens") },
      },
    });
    await post(served, { stream: true });
    const [told, untold] = served.ledger.entries;
    expect(told?.reported?.completion).toBe(tokens);
    expect(untold?.reported).toBeUndefined();
  });

  it.each(["reasoning_content", "reasoning", "think-tags"] as const)(
    "puts thinking into %s",
    async (reasoning) => {
      const served = await start({ reasoning, reply: () => ({ text: TEXT, reasoning: "adding" }) });
      const [choice] = (await reply(served)).choices;
      const tagged = `<think>\nadding\n</think>\n\n${TEXT}`;
      expect(choice?.message).toMatchObject(
        reasoning === "think-tags" ? { content: tagged } : { [reasoning]: "adding", content: TEXT },
      );
    },
  );

  it("serves bare completions and the list of models", async () => {
    const served = await start({
      reply: ({ messages }) => `you said ${messages[0]?.content}`,
      models: ["one", "two"],
    });
    const completion = await (await post(served, {}, "completions")).json();
    expect(completion).toMatchObject({
      object: "text_completion",
      choices: [{ text: "you said 6 times 7?" }],
    });
    const list = await (await fetch(`${served.url}/models`)).json();
    expect(list).toMatchObject({ data: [{ id: "one" }, { id: "two" }] });
    expect((await fetch(`${served.url}/other`)).status).toBe(404);
    expect((await post(served, { messages: "none" })).status).toBe(400);
  });

  it("counts what is in flight, and what a client broke off", async () => {
    const served = await start({ latency: { kind: "fixed", ms: 60_000 } });
    const stop = new AbortController();
    const body = JSON.stringify({ model: "any", messages: [{ role: "user", content: "?" }] });
    const asked = [1, 2, 3].map(() =>
      fetch(`${served.url}/chat/completions`, { method: "POST", body, signal: stop.signal }),
    );
    await expect.poll(() => served.ledger.inFlight).toBe(3);
    stop.abort();
    await Promise.allSettled(asked);
    await expect.poll(() => served.ledger.inFlight).toBe(0);
    expect(served.ledger.mostInFlight).toBe(3);
    expect(served.ledger.entries.map(({ outcome }) => outcome)).toEqual([
      "broken-off",
      "broken-off",
      "broken-off",
    ]);
  });
});

describe("an endpoint that misbehaves", () => {
  const once = (fault: EndpointFault) => ({ reply: () => TEXT, fault: () => fault });

  it("ignores or refuses n", async () => {
    expect((await reply(await start(once({ kind: "ignores-n" })), { n: 4 })).choices).toHaveLength(1);
    await endpoint?.close();
    const served = await start(once({ kind: "refuses", parameter: "n" }));
    expect((await post(served, { n: 4 })).status).toBe(400);
    expect((await post(served)).status).toBe(200);
  });

  it("says how long to wait", async () => {
    const response = await post(await start(once({ kind: "rate-limit", retryAfterMs: 1500 })));
    expect([
      response.status,
      response.headers.get("retry-after"),
      response.headers.get("retry-after-ms"),
    ]).toEqual([429, "2", "1500"]);
  });

  it("leaves out or forges usage, and leaves out choices", async () => {
    expect((await reply(await start(once({ kind: "no-usage" })))).usage).toBeUndefined();
    await endpoint?.close();
    const forged = await reply(await start(once({ kind: "wrong-usage", times: 2 })));
    expect(forged.usage?.completion_tokens).toBe(2 * countTokens(TEXT));
    await endpoint?.close();
    expect((await reply(await start(once({ kind: "no-choices" })))).choices).toEqual([]);
  });

  it("ends its JSON in the middle and knows how much of the text was in it", async () => {
    const served = await start(once({ kind: "truncated" }));
    const text = await (await post(served)).text();
    expect(() => JSON.parse(text)).toThrow();
    const sent = /"content":"([^"]*)$/.exec(text)?.[1] ?? "";
    expect(TEXT.startsWith(sent)).toBe(true);
    expect(served.ledger.entries[0]).toMatchObject({
      outcome: "failed",
      sentTokens: countTokens(sent),
    });
    expect(served.ledger.entries[0]?.reported).toBeUndefined();
  });

  it.each([false, true])("drops the connection in the middle of a reply (streamed: %s)", async (stream) => {
    const served = await start(once({ kind: "cut" }));
    await expect(post(served, { stream }).then((response) => response.text())).rejects.toThrow();
    const { sentTokens, made } = served.ledger.sum();
    expect(sentTokens).toBeGreaterThan(0);
    expect(sentTokens).toBeLessThan(made.completion);
  });

  it("takes 400 s over a reply, on a clock that runs 200 times faster", async () => {
    const served = await start({ ...once({ kind: "long", ms: 400_000 }), speed: 200 });
    const startedAt = performance.now();
    // What the client would wait for a byte, 600 s, on the same clock.
    const response = await createFetch(3000)(`${served.url}/completions`, {
      method: "POST",
      body: JSON.stringify({ model: "any", prompt: "?" }),
    });
    expect(response.status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(1990);
  });

  it("keeps a stream going for ever, or says nothing at all, until the client goes", async () => {
    for (const kind of ["never-ending", "silent"] as const) {
      const served = await start(once({ kind }));
      const asked = createFetch(700)(`${served.url}/chat/completions`, {
        method: "POST",
        signal: AbortSignal.timeout(1500),
        body: JSON.stringify({ model: "any", stream: true, messages: [{ role: "user", content: "?" }] }),
      }).then((response) => response.text());
      await expect(asked).rejects.toThrow(kind === "silent" ? "no byte" : "timeout");
      await expect.poll(() => served.ledger.inFlight).toBe(0);
      await endpoint?.close();
    }
  });
});

describe("faults and latencies by lot", () => {
  const kinds: EndpointFault[] = [
    { kind: "no-usage" },
    { kind: "ignores-n" },
    { kind: "truncated" },
    { kind: "cut" },
  ];

  function request(key: number, attempt = 0) {
    return {
      number: key,
      key,
      attempt,
      api: "chat" as const,
      prompt: { messages: [] },
      maxTokens: 1,
      stop: [],
      body: { model: "any", prompt: "", n: 1, stream: false },
    };
  }

  it("come as often as they should, each alike, and by the request alone", () => {
    const plan = faultPlan(oneOfFaults(kinds, 0.2), 5);
    const drawn = Array.from({ length: 20_000 }, (_, key) => plan(request(key))?.kind);
    for (const { kind } of kinds) {
      const share = drawn.filter((one) => one === kind).length / drawn.length;
      expect(Math.abs(share - 0.05)).toBeLessThan(0.008);
    }
    expect(drawn.slice(0, 50).reverse()).toEqual(
      Array.from({ length: 50 }, (_, back) => plan(request(49 - back))?.kind),
    );
    const retried = Array.from({ length: 50 }, (_, attempt) => plan(request(1, attempt))?.kind);
    expect(new Set(retried).size).toBeGreaterThan(1);
  });

  it("come at the requests that are named", () => {
    const plan = faultPlan([{ fault: { kind: "silent" }, requests: [1, 3] }]);
    expect([0, 1, 2, 3].map((number) => plan(request(number))?.kind)).toEqual([
      undefined,
      "silent",
      undefined,
      "silent",
    ]);
  });

  it.each([
    [{ kind: "fixed", ms: 200 }, 200],
    [{ kind: "uniform", fromMs: 100, toMs: 300 }, 200],
    [{ kind: "log-normal", medianMs: 200, sigma: 0.8 }, 200],
  ] satisfies [Latency, number][])("%j has its median", (latency, median) => {
    const random = new Random("latency");
    const drawn = Array.from({ length: 4001 }, () => drawLatency(latency, random)).sort((a, b) => a - b);
    expect(Math.abs((drawn[2000] ?? 0) / median - 1)).toBeLessThan(0.05);
    if (latency.kind === "log-normal") {
      const logs = drawn.map((ms) => Math.log(ms / median) ** 2);
      expect(Math.sqrt(logs.reduce((sum, one) => sum + one, 0) / logs.length)).toBeCloseTo(0.8, 1);
    }
  });

  it("is as fast as its latency says", async () => {
    const served = await start({ latency: { kind: "fixed", ms: 60 } });
    await reply(served);
    await wait(1);
    const [entry] = served.ledger.entries;
    expect((entry?.finishedAt ?? 0) - (entry?.startedAt ?? 0)).toBeGreaterThan(58);
  });
});
