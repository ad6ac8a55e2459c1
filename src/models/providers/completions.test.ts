import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { CallRecorder } from "../../../test/support/call-recorder.ts";
import { type JsonAnswer, jsonServer, type ReceivedJson } from "../../../test/support/json-server.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { Budget } from "../budget.ts";
import type { Delta, SampleRequest } from "../client.ts";
import { createModelClient } from "../model-client.ts";
import type { ProviderSettings } from "../providers-config.ts";
import { createRegistry } from "../registry.ts";

let close = () => {};
afterEach(() => close());

/** Asks a server for raw completions. */
async function ask(
  answer: (request: ReceivedJson, number: number) => JsonAnswer,
  request: Partial<SampleRequest> = {},
  settings: ProviderSettings = {},
) {
  const server = await jsonServer(answer);
  close = server.close;
  const providers = {
    base: { baseUrl: `${server.url}/v1`, api: "completions" as const, logprobs: true, ...settings },
  };
  const model = createRegistry({ providers }, { LAB_KEY: "lab-key-123456" }).open("base/tiny");
  const recorder = new CallRecorder();
  const client = createModelClient({ model, recorder, budget: new Budget({}), seed: 1 });
  const samples = await client.generate({
    role: "policy",
    site: "answer",
    prompt: { system: "Reason in lines.", messages: [{ role: "user", content: "What is 6 times 7?" }] },
    maxTokens: 100,
    ...request,
  });
  return { samples, events: recorder.events, received: server.received, client, model };
}

const choice = (index: number, text: string, logprob = -0.5) => ({
  ...{ index, text, finish_reason: "stop" },
  logprobs: { tokens: ["a", "b"], token_logprobs: [logprob, logprob], top_logprobs: null },
});
const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
const reply = (...choices: object[]) => ({ object: "text_completion", choices, usage });

test("sends n, stop, seed and log-probabilities, and reads all choices in order", async () => {
  const { samples, received, events } = await ask(
    () => reply(choice(1, "it is 42", -0.25), choice(0, "so 42\nAnswer: 42")),
    { samples: 2, stop: ["\n\n"], temperature: 0.5 },
    { apiKeyEnv: "LAB_KEY" },
  );
  expect(samples).toMatchObject([
    { text: "so 42\nAnswer: 42", finishReason: "stop", meanLogprob: -0.5 },
    { text: "it is 42", meanLogprob: -0.25 },
  ]);
  expect(received).toMatchObject([
    {
      path: "/v1/completions",
      headers: { authorization: "Bearer lab-key-123456" },
      body: { model: "tiny", n: 2, logprobs: 1, max_tokens: 100, temperature: 0.5 },
    },
  ]);
  expect(received[0]?.body["stop"]).toEqual(["\n\n", "\nQuestion:"]);
  expect(received[0]?.body["seed"]).toBeTypeOf("number");
  expect(events).toMatchObject([{ usage: { inputTokens: 20, outputTokens: 12, calls: 1 } }]);
});

test("writes a conversation in a plain form, and lets the thought so far be continued", async () => {
  const { received } = await ask(() => reply(choice(0, "so 42")), {
    prompt: {
      system: "Reason in lines.",
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Answer: hello" },
        { role: "user", content: "What is 6 times 7?" },
      ],
      prefill: "6 times 7 is 7 times 6\n",
    },
  });
  expect(received[0]?.body["prompt"]).toBe(
    "Reason in lines.\n\nQuestion: Hello\n\nSteps:\nAnswer: hello\n\nQuestion: What is 6 times 7?\n\nSteps:\n6 times 7 is 7 times 6\n",
  );
});

test("leaves no room for steps where the bare answer is asked for", async () => {
  const { received } = await ask(() => reply(choice(0, " 42")), { thinking: "none" });
  expect(received[0]?.body["prompt"]).toMatch(/\n\nAnswer:$/);
});

test("writes a conversation by the chat template that the config names", async () => {
  const file = join(temporaryFolder(), "tokenizer_config.json");
  const template =
    "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
  writeFileSync(file, JSON.stringify({ chat_template: [{ name: "default", template }] }));
  const { received } = await ask(
    () => reply(choice(0, "42")),
    { prompt: { messages: [{ role: "user", content: "6 times 7?" }], prefill: "It is " }, stop: ["#"] },
    { template: file },
  );
  expect(received[0]?.body["prompt"]).toBe("<user>6 times 7?<assistant>It is ");
  expect(received[0]?.body["stop"]).toEqual(["#"]);
});

test.each([
  ["missing.jinja", undefined, /cannot read the chat template .*missing\.jinja: ENOENT/],
  ["tokenizer_config.json", "{}", /it holds no chat_template$/],
  ["broken.jinja", "{% if %}", /cannot read the chat template/],
])("says in one line what is wrong with the template %s", async (name, text, message) => {
  const file = join(temporaryFolder(), name);
  if (text !== undefined) writeFileSync(file, text);
  await expect(ask(() => reply(choice(0, "42")), {}, { template: file })).rejects.toThrow(message);
});

const event = (data: object | string): string =>
  `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
const piece = (text: string, finish: string | null, logprob = -1) => ({
  choices: [{ index: 0, text, finish_reason: finish, logprobs: { token_logprobs: [logprob] } }],
});
const stream = (...events: string[]): JsonAnswer => ({
  ...{ status: 200, text: events.join(""), type: "text/event-stream" },
});

test("streams pieces, usage and log-probabilities", async () => {
  const deltas: Delta[] = [];
  const { samples, received, events } = await ask(
    () =>
      stream(
        ": keep-alive\n\n",
        event(piece("so ", null)),
        event(piece("42", "stop", -2)).replaceAll("\n", "\r\n"),
        event({ choices: [], usage: { ...usage, completion_tokens: 2 } }),
        event("[DONE]"),
      ),
    { onDelta: (delta) => deltas.push(delta) },
  );
  expect(deltas.map(({ text }) => text)).toEqual(["so ", "42"]);
  expect(samples).toMatchObject([{ text: "so 42", finishReason: "stop", meanLogprob: -1.5 }]);
  expect(received[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  expect(events).toMatchObject([{ usage: { inputTokens: 20, outputTokens: 2 } }]);
});

test("asks again for a stream that was cut, and for a reply that is no JSON", async () => {
  const onDelta = () => {};
  const cut = await ask(
    (_, number) =>
      number === 0 ? stream(event(piece("so ", null))) : stream(event(piece("42", "stop")), event("[DONE]")),
    { onDelta },
  );
  expect(cut.samples).toMatchObject([{ text: "42" }]);
  close();
  const garbled = await ask((_, number) =>
    number === 0 ? { status: 200, text: "<html>" } : reply(choice(0, "42")),
  );
  expect(garbled.samples).toMatchObject([{ text: "42" }]);
  expect(garbled.received).toHaveLength(2);
});

test("goes on without what the server refuses, and waits where it is told to", async () => {
  const { samples, received } = await ask((request, number) => {
    if (number === 0) return { status: 429, text: '{"error":{"message":"slow down"}}' };
    if ("logprobs" in request.body)
      return { status: 400, text: '{"error":{"message":"logprobs is not supported"}}' };
    return reply({ index: 0, text: "42", finish_reason: "length" });
  });
  expect(samples).toMatchObject([{ text: "42", finishReason: "length" }]);
  expect(samples[0]?.meanLogprob).toBeUndefined();
  expect(received).toHaveLength(3);
});

test("passes on in one line what the server says of a model that it does not know", async () => {
  const asking = ask(() => ({ status: 404, text: '{"error":{"message":"no such model"}}' }));
  await expect(asking).rejects.toThrow(/has no model base\/tiny \(404\)/);
});
