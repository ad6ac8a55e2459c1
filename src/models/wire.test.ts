import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CallRecorder } from "../../test/support/call-recorder.ts";
import type { Backend } from "./backend.ts";
import { Budget } from "./budget.ts";
import type { Delta, SampleRequest } from "./client.ts";
import { createModelClient } from "./model-client.ts";
import { openaiBackend } from "./providers/openai.ts";
import { createRegistry } from "./registry.ts";

/** Replies in the providers' documented formats. */
const fixture = (name: string): string =>
  readFileSync(new URL(`../../test/fixtures/wire/${name}`, import.meta.url), "utf8");

const bodySchema = z.record(z.string(), z.json());

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received {
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: z.infer<typeof bodySchema>;
}

/** Serves one fixture to every request and keeps what was sent. */
async function serve(name: string): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    received.push({ path: request.url ?? "", headers: request.headers, body });
    const type = name.endsWith(".sse") ? "text/event-stream" : "application/json";
    response.writeHead(200, { "content-type": type }).end(fixture(name));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, received };
}

async function ask(backend: Backend, request: Partial<SampleRequest> = {}) {
  const recorder = new CallRecorder();
  const client = createModelClient({ model: backend, recorder, budget: new Budget({}), seed: 1 });
  const samples = await client.generate({
    role: "policy",
    site: "answer",
    prompt: { system: "Be brief.", messages: [{ role: "user", content: "What is 6 times 7?" }] },
    maxTokens: 100,
    ...request,
  });
  const [event] = recorder.events;
  if (event?.type !== "call-finished") throw new Error("no call was recorded");
  return { samples, usage: event.usage };
}

/** Asks for a stream and also gives back what was shown. */
async function watch(backend: Backend) {
  const deltas: Delta[] = [];
  const { samples, usage } = await ask(backend, { onDelta: (delta) => deltas.push(delta) });
  const shown = (kind: Delta["kind"]) => deltas.flatMap((one) => (one.kind === kind ? [one.text] : []));
  return { sample: samples[0], usage, text: shown("text"), reasoning: shown("reasoning") };
}

function officialOpenai(model: string, url: string): Backend {
  const context = { provider: "openai", settings: {}, environment: { OPENAI_API_KEY: "wire-test-key" } };
  return openaiBackend(model, context, `${url}/v1`);
}

function open(name: string, environment: Record<string, string>): Backend {
  return createRegistry({}, environment).open(name);
}

describe("openai", () => {
  it("reads all choices of a completion, with log-probabilities and cost", async () => {
    const { url, received } = await serve("openai-chat.json");
    const { samples, usage } = await ask(officialOpenai("gpt-4o-2024-11-20", url), {
      samples: 2,
      stop: ["\n\n"],
    });
    expect(samples).toMatchObject([
      { text: "Six sevens are 42.", finishReason: "stop", meanLogprob: -2 / 6 },
      { text: "It is 42", finishReason: "length", meanLogprob: -0.5 },
    ]);
    expect(usage).toMatchObject({ inputTokens: 14, outputTokens: 11, estimatedOutputTokens: 0 });
    expect(usage.costUsd).toBeCloseTo((14 * 2.5 + 11 * 10) / 1e6, 12);
    expect(received[0]).toMatchObject({
      path: "/v1/chat/completions",
      body: {
        n: 2,
        logprobs: true,
        max_tokens: 100,
        stop: ["\n\n"],
        messages: [{ role: "system" }, { role: "user" }],
      },
      headers: { authorization: "Bearer wire-test-key" },
    });
    expect(received[0]?.headers).not.toHaveProperty("x-samples");
  });

  it("reads a stream with its usage and log-probabilities", async () => {
    const { url } = await serve("openai-chat.sse");
    const { sample, usage, text } = await watch(officialOpenai("gpt-4o", url));
    expect(sample).toMatchObject({ text: "Six sevens are 42.", finishReason: "stop", meanLogprob: -2 / 6 });
    expect(text).toEqual(["Six", " sevens", " are 42."]);
    expect(usage).toMatchObject({ inputTokens: 14, outputTokens: 7 });
  });

  it("trusts hidden reasoning that is reported apart, and asks a reasoning model to think least", async () => {
    const { url, received } = await serve("openai-reasoning.json");
    const { usage } = await ask(officialOpenai("o4-mini", url), { thinking: "none" });
    expect(usage).toMatchObject({ outputTokens: 75, reasoningTokens: 64, estimatedOutputTokens: 0 });
    expect(received[0]?.body).toMatchObject({ max_completion_tokens: 100, reasoning_effort: "low" });
    expect(received[0]?.body).not.toHaveProperty("logprobs");
  });
});

describe("servers with an OpenAI-compatible API", () => {
  it.each(["reasoning-content.json", "reasoning.json"])(
    "reads reasoning in its own field (%s)",
    async (name) => {
      const { url } = await serve(name);
      const { samples, usage } = await ask(open("openai/reasoner", { OPENAI_BASE_URL: `${url}/v1` }));
      expect(samples).toMatchObject([{ text: "It is 42.", reasoning: "Six sevens make forty-two." }]);
      expect(usage).toMatchObject({ outputTokens: 15, estimatedOutputTokens: 0 });
    },
  );

  it.each(["reasoning-content.sse", "reasoning.sse"])(
    "streams reasoning in its own field (%s)",
    async (name) => {
      const { url, received } = await serve(name);
      const { sample, usage, text, reasoning } = await watch(
        open("vllm/reasoner", { VLLM_BASE_URL: `${url}/v1` }),
      );
      expect(sample).toMatchObject({ text: "It is 42.", reasoning: "Six sevens make forty-two." });
      expect(reasoning).toEqual(["Six sevens", " make forty-two."]);
      expect(text.join("")).toBe("It is 42.");
      expect(usage).toMatchObject({ outputTokens: 15, estimatedOutputTokens: 0 });
      expect(received[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    },
  );

  it("continues a thought on vLLM", async () => {
    const { url, received } = await serve("reasoning.json");
    const { samples } = await ask(open("vllm/meta-llama/Any", { VLLM_BASE_URL: `${url}/v1` }), {
      prompt: { messages: [{ role: "user", content: "6 times 7?" }], prefill: "6 times 7 is 7 times 6\n" },
      thinking: "none",
      temperature: 0.7,
    });
    expect(samples[0]?.meanLogprob).toBe(-0.5);
    expect(received[0]?.body).toMatchObject({
      model: "meta-llama/Any",
      messages: [{ role: "user" }, { role: "assistant", content: "6 times 7 is 7 times 6\n" }],
      continue_final_message: true,
      add_generation_prompt: false,
      chat_template_kwargs: { enable_thinking: false },
      logprobs: true,
      temperature: 0.7,
    });
  });

  it("takes thinking in tags out of an Ollama reply", async () => {
    const { url, received } = await serve("ollama-chat.json");
    const { samples, usage } = await ask(open("ollama/qwen3:0.6b", { OLLAMA_HOST: url }));
    expect(samples).toMatchObject([{ text: "It is 42.", reasoning: "Six sevens make forty-two." }]);
    expect(usage).toMatchObject({ outputTokens: 22, costUsd: 0 });
    expect(received[0]).toMatchObject({ path: "/v1/chat/completions", body: { model: "qwen3:0.6b" } });
  });
});

describe("anthropic", () => {
  it("reads a message", async () => {
    const { url, received } = await serve("anthropic-messages.json");
    const environment = { ANTHROPIC_API_KEY: "wire-test-key", ANTHROPIC_BASE_URL: url };
    const { samples, usage } = await ask(open("anthropic/claude-sonnet-4-5", environment));
    expect(samples).toMatchObject([{ text: "Six times seven is 42.", finishReason: "stop" }]);
    expect(usage).toMatchObject({ inputTokens: 16, outputTokens: 12, estimatedOutputTokens: 0 });
    expect(usage.costUsd).toBeCloseTo((16 * 3 + 12 * 15) / 1e6, 12);
    expect(received[0]).toMatchObject({
      path: "/v1/messages",
      headers: { "x-api-key": "wire-test-key" },
      body: { max_tokens: 100, system: [{ type: "text", text: "Be brief." }] },
    });
  });

  it("streams thinking and text", async () => {
    const { url } = await serve("anthropic-messages.sse");
    const environment = { ANTHROPIC_API_KEY: "wire-test-key", ANTHROPIC_BASE_URL: `${url}/v1` };
    const { sample, usage, reasoning, text } = await watch(open("anthropic/claude-sonnet-4-5", environment));
    expect(sample).toMatchObject({ text: "It is 42.", reasoning: "Seven times six is 42." });
    expect(reasoning).toEqual(["Seven times six", " is 42."]);
    expect(text).toEqual(["It is", " 42."]);
    expect(usage).toMatchObject({ inputTokens: 16, outputTokens: 58, estimatedOutputTokens: 0 });
  });
});

describe("google", () => {
  const openGoogle = (url: string): Backend =>
    createRegistry(
      { providers: { google: { baseUrl: `${url}/v1beta` } } },
      { GEMINI_API_KEY: "wire-test-key" },
    ).open("google/gemini-2.5-flash");

  it("reads generated content with its thought summary", async () => {
    const { url, received } = await serve("google-generate.json");
    const { samples, usage } = await ask(openGoogle(url), { thinking: "none" });
    expect(samples).toMatchObject([
      { text: "Six times seven is 42.", reasoning: "Multiplying six by seven." },
    ]);
    expect(usage).toMatchObject({
      inputTokens: 8,
      outputTokens: 49,
      reasoningTokens: 41,
      estimatedOutputTokens: 0,
    });
    expect(received[0]).toMatchObject({
      path: "/v1beta/models/gemini-2.5-flash:generateContent",
      body: { generationConfig: { maxOutputTokens: 100, thinkingConfig: { thinkingBudget: 0 } } },
    });
  });

  it("streams thoughts and text", async () => {
    const { url } = await serve("google-stream.sse");
    const { sample, usage, reasoning } = await watch(openGoogle(url));
    expect(sample).toMatchObject({ text: "Six times seven is 42.", reasoning: "Multiplying six by seven." });
    expect(reasoning).toEqual(["Multiplying six", " by seven."]);
    expect(usage).toMatchObject({ outputTokens: 49, reasoningTokens: 41 });
  });
});
