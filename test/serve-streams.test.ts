import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { listRuns } from "../src/runs/run-folder.ts";
import { errorSchema, responseSchema } from "../src/server/openai/reply-schemas.ts";
import { mazeReply } from "./support/maze-endpoint.ts";
import { serve } from "./support/served.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const messages = [{ role: "user", content: "Which way leads out of maze 3?" }];

function post(url: string, body: object, options: RequestInit = {}): Promise<Response> {
  const headers = { "content-type": "application/json", ...options.headers };
  return fetch(url, { method: "POST", body: JSON.stringify(body), ...options, headers });
}

/** Waits until something holds, and returns how many milliseconds that took; fails after ten seconds. */
async function until(holds: () => boolean): Promise<number> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > 10_000) throw new Error("it has not come to that");
    await wait(2);
  }
  return performance.now() - startedAt;
}

/** What 200 ms are on a machine that is busy now: at least that, and no less than a few plain requests take. */
async function promptly(url: string): Promise<number> {
  const startedAt = performance.now();
  for (let count = 0; count < 3; count++) await (await fetch(`${url}/v1/models`)).text();
  return Math.max(200, 3 * (performance.now() - startedAt));
}

describe("a client that hangs up", () => {
  const slow = { reply: mazeReply, latency: { kind: "fixed" as const, ms: 60_000 } };

  test.each(["step-by-step+vllm/maze", "mcts+vllm/maze", "vote+vllm/maze"])(
    "stops what %s has under way, streamed or not, within 200 ms",
    async (model) => {
      const { url, endpoint, context } = await serve({ endpoint: slow });
      const hangUp = async (stream: boolean): Promise<number> => {
        const leaving = new AbortController();
        const { signal } = leaving;
        const asked = post(`${url}/v1/chat/completions`, { model, messages, stream }, { signal });
        asked.catch(() => {});
        await until(() => endpoint.ledger.inFlight > 0);
        leaving.abort();
        const took = await until(() => endpoint.ledger.inFlight === 0);
        await until(() => context.jobs.size === 0);
        return took;
      };
      // The first time it still loads modules; what is not cancelled would take a minute each time.
      for (const stream of [true, false]) {
        let late = true;
        for (let tries = 0; tries < 8 && late; tries++)
          late = (await hangUp(stream)) >= (await promptly(url));
        expect(late).toBe(false);
      }
    },
  );

  test("that leaves in the middle of a stream", async () => {
    const { url, endpoint, context } = await serve({
      endpoint: { reply: () => "word ".repeat(1_000), latency: { kind: "fixed", ms: 100_000 } },
    });
    const body = { model: "direct+vllm/m", messages, stream: true };
    let late = true;
    for (let tries = 0; tries < 8 && late; tries++) {
      const reply = await post(`${url}/v1/chat/completions`, body);
      const reader = reply.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      const took = await until(() => endpoint.ledger.inFlight === 0);
      await until(() => context.jobs.size === 0);
      late = took >= (await promptly(url));
    }
    expect(late).toBe(false);
  });
});

test("many streams at once are each whole, and none has a piece of another", async () => {
  const { url, context } = await serve({
    endpoint: {
      reply: ({ messages: [asked] }) => `${asked?.content} `.repeat(20).trim(),
      latency: { kind: "uniform", fromMs: 20, toMs: 300 },
    },
  });
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, number) => {
      const asked = [{ role: "user", content: `stream${number}` }];
      const body = { model: "direct+vllm/m", messages: asked, stream: true };
      const text = await (await post(`${url}/v1/chat/completions`, body)).text();
      expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
      return [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join("");
    }),
  );
  expect(answers).toEqual(answers.map((_, number) => `stream${number} `.repeat(20).trim()));
  expect(context.jobs.size).toBe(0);
});

test("the events of a response stand in the API's order and are numbered from 0", async () => {
  const { url } = await serve({ endpoint: { reply: mazeReply } });
  const body = { model: "mcts+vllm/maze", input: messages, stream: true, reasoning: { summary: "concise" } };
  const reply = await post(`${url}/v1/responses`, { ...body, sojourn: { settings: { rollouts: 6 } } });
  const events = (await reply.text()).trimEnd().split("\n\n");
  const types = events.map((event, number) => {
    const [named = "", data = ""] = event.split("\n");
    const parsed = z
      .looseObject({ type: z.string(), sequence_number: z.literal(number) })
      .parse(JSON.parse(data.slice("data: ".length)));
    expect(named).toBe(`event: ${parsed.type}`);
    if ("response" in parsed) responseSchema.parse(parsed["response"]);
    return parsed.type.replace("response.", "");
  });
  const stage = [
    "reasoning_summary_part.added",
    "reasoning_summary_text.delta",
    "reasoning_summary_text.done",
    "reasoning_summary_part.done",
  ];
  const stages = (types.length - 11) / stage.length;
  expect(stages).toBeGreaterThan(0);
  expect(types).toEqual([
    ...["created", "in_progress", "output_item.added"],
    ...Array.from({ length: stages }, () => stage).flat(),
    ...[
      "output_item.done",
      "output_item.added",
      "content_part.added",
      "output_text.delta",
      "output_text.done",
    ],
    ...["content_part.done", "output_item.done", "completed"],
  ]);
});

test("the metrics count requests, calls and tokens as the ledger does", async () => {
  const { url, endpoint } = await serve({ endpoint: { reply: mazeReply } });
  const body = { model: "vote+vllm/maze", messages };
  await (await post(`${url}/v1/chat/completions`, body)).text();
  await (await post(`${url}/v1/chat/completions`, { ...body, n: 0 })).text();
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1]);
  const call = 'model="vllm/maze",role="policy"';
  expect(value('sojourn_requests_total{route="/v1/chat/completions",status="200"}')).toBe(1);
  expect(value('sojourn_requests_total{route="/v1/chat/completions",status="400"}')).toBe(1);
  expect(value(`sojourn_calls_total{${call},outcome="finished"}`)).toBe(endpoint.ledger.entries.length);
  const { completion } = endpoint.ledger.sum().reported;
  expect(value(`sojourn_tokens_total{${call},kind="output"}`)).toBe(completion);
  expect(value("sojourn_requests_in_flight")).toBe(0);
});

test("nothing is recorded unless the operator says so", async () => {
  const root = temporaryFolder();
  const body = { model: "vote+scripted/tree", messages };
  const silent = await serve({ runsRoot: root });
  expect((await post(`${silent.url}/v1/chat/completions`, body)).status).toBe(200);
  expect(listRuns(root)).toEqual([]);
  const recording = await serve({ runsRoot: root, serving: { record: true } });
  const reply = await post(`${recording.url}/v1/chat/completions`, body);
  const { choices } = z
    .object({ choices: z.array(z.object({ sojourn: z.object({ run: z.string() }) })) })
    .parse(await reply.json());
  expect(choices.map(({ sojourn }) => sojourn.run)).toEqual(listRuns(root));
});

test("what breaks in the middle of a stream is said there, in the shape of the API", async () => {
  const { url } = await serve({
    endpoint: {
      reply: () => "one two three four",
      fault: () => ({ kind: "truncated" }),
      latency: { kind: "fixed", ms: 200 },
    },
  });
  const reply = await post(`${url}/v1/chat/completions`, {
    model: "direct+vllm/m",
    messages,
    stream: true,
    sojourn: { settings: { budget: { calls: 1 } } },
  });
  const last = (await reply.text()).trimEnd().split("\n\n").at(-1) ?? "";
  expect(errorSchema.parse(JSON.parse(last.slice("data: ".length))).error.code).toBe("upstream_error");
});

describe("a hostile client", () => {
  test("gets no file from outside the studio", async () => {
    const { url } = await serve();
    const paths = [
      "/../package.json",
      "/%2e%2e/package.json",
      "/..%2fpackage.json",
      "/assets/..%5c..%5cpackage.json",
    ];
    for (const path of paths) {
      const said = await raw(url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(said).not.toContain('"sojourn"');
      expect(said).toMatch(/^HTTP\/1\.1 (?:200|400|404)/);
    }
  });

  test("is refused a body that is too large, told or untold", async () => {
    const { url } = await serve({ serving: { bodyBytes: 2_000 } });
    const body = { model: "nano", messages: [{ role: "user", content: "x".repeat(5_000) }] };
    const reply = await post(`${url}/v1/chat/completions`, body);
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ error: { code: "request_too_large" } });
    const untold = await raw(
      url,
      `POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n${"x".repeat(5_000)}\r\n0\r\n\r\n`,
    );
    expect(untold).toMatch(/^HTTP\/1\.1 413/);
  });

  test("is refused under a name that is not the server's, and from another server's page", async () => {
    const { url } = await serve();
    const said = await raw(url, "GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    expect(said).toMatch(/^HTTP\/1\.1 403/);
    const foreign = await fetch(`${url}/v1/models`, { headers: { origin: "https://evil.example" } });
    expect(foreign.status).toBe(403);
    const own = await fetch(`${url}/v1/models`, { headers: { origin: url } });
    expect(own.status).toBe(200);
  });
});

/** Sends bytes as they are and reads what comes until the connection ends. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  let said = "";
  socket.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  await new Promise((resolve) => socket.once("close", resolve));
  return said;
}
