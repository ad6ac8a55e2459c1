import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { CallRecorder } from "../../../test/support/call-recorder.ts";
import { type JsonAnswer, jsonServer, type ReceivedJson } from "../../../test/support/json-server.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { Budget } from "../budget.ts";
import { createModelClient } from "../model-client.ts";
import type { ProviderSettings } from "../providers-config.ts";
import { createRegistry } from "../registry.ts";

let close = () => {};
afterEach(() => close());

/** Asks a process reward model about a thought of two steps. */
async function score(
  answer: (request: ReceivedJson, number: number) => JsonAnswer,
  settings: Omit<ProviderSettings, "baseUrl"> = {},
  prefill: string | undefined = "six sevens\nso 43",
) {
  const server = await jsonServer(answer);
  close = server.close;
  const registry = createRegistry(
    { providers: { prm: settings } },
    { VLLM_BASE_URL: `${server.url}/v1`, VLLM_API_KEY: "pool-key-123456" },
  );
  const model = registry.open("prm/org/small");
  const recorder = new CallRecorder();
  const client = createModelClient({ model, recorder, budget: new Budget({}), seed: 1 });
  const [sample] = await client.generate({
    ...{ role: "judge", site: "prm:0", maxTokens: 1 },
    prompt: { messages: [{ role: "user", content: "What is 6 times 7?" }], prefill },
  });
  return { text: sample?.text, events: recorder.events, received: server.received };
}

const pooled = (...rows: (number | number[])[]) => ({
  ...{ object: "list", data: [{ index: 0, object: "pooling", data: rows }] },
  usage: { prompt_tokens: 31, total_tokens: 31 },
});

describe("the pooling API", () => {
  test("is shown each step with the mark behind it, and its rows become the steps' scores", async () => {
    const { text, received, events } = await score(() => pooled([0.125, 0.875], [0.75, 0.25]));
    expect(text).toBe('{"scores":[0.875,0.25]}');
    expect(received).toMatchObject([
      {
        path: "/pooling",
        headers: { authorization: "Bearer pool-key-123456" },
        body: {
          model: "org/small",
          messages: [
            { role: "user", content: "What is 6 times 7?" },
            { role: "assistant", content: "six sevens<extra_0>so 43<extra_0>" },
          ],
          add_generation_prompt: false,
        },
      },
    ]);
    expect(events).toMatchObject([
      { role: "judge", usage: { inputTokens: 31, outputTokens: 0, estimatedOutputTokens: 0, costUsd: 0 } },
    ]);
  });

  test("may give bare numbers, or logits, with the good label first", async () => {
    expect((await score(() => pooled(0.5, 0.25))).text).toBe('{"scores":[0.5,0.25]}');
    close();
    const logits = await score(() => pooled([0, 0], [Math.log(3) - 5, -5]), {
      scores: { place: "first", mark: " ки" },
    });
    const { scores } = JSON.parse(logits.text ?? "");
    expect(scores[0]).toBeCloseTo(0.5, 12);
    expect(scores[1]).toBeCloseTo(0.75, 12);
    expect(logits.received[0]?.body).toMatchObject({
      messages: [{}, { content: "six sevens киso 43 ки" }],
    });
  });

  test("says what to set where the rows are not one a step", async () => {
    const asking = score(() => pooled(0.1, 0.2, 0.3, 0.4));
    await expect(asking).rejects.toThrow(/4 rows of numbers for 2 steps: start it with step pooling/);
  });

  test("is asked again after a failure of the server and a reply of another form", async () => {
    const { text, received } = await score((_, number) => {
      if (number === 0) return { status: 503, text: "busy" };
      return number === 1 ? { data: "no" } : pooled(0.5, 0.25);
    });
    expect(text).toBe('{"scores":[0.5,0.25]}');
    expect(received).toHaveLength(3);
  });

  test("says that a process reward model answers no question", async () => {
    await expect(score(() => pooled(0.5), {}, "")).rejects.toThrow(/says nothing itself: name it as --role/);
  });
});

const next = (index: number, top: Record<string, number>) => ({
  ...{ index, text: "+", finish_reason: "length" },
  logprobs: { tokens: ["+"], token_logprobs: [-1], top_logprobs: [top] },
});
const said = (...choices: object[]) => ({
  choices,
  usage: { prompt_tokens: 60, completion_tokens: 2, total_tokens: 62 },
});

describe("a model that says a good or a bad token", () => {
  test("is shown every beginning of the thought in one request, and read off the next token", async () => {
    const { text, received, events } = await score(
      () =>
        said(
          next(1, { "+": Math.log(0.1), " -": Math.log(0.3), so: -9 }),
          next(0, { "▁x": -4, "+": Math.log(0.75), "-": Math.log(0.25) }),
        ),
      { scores: { by: "tokens" } },
    );
    const { scores } = JSON.parse(text ?? "");
    expect(scores[0]).toBeCloseTo(0.75, 12);
    expect(scores[1]).toBeCloseTo(0.25, 12);
    expect(received).toMatchObject([
      { path: "/v1/completions", body: { model: "org/small", max_tokens: 1, temperature: 0, logprobs: 10 } },
    ]);
    expect(received[0]?.body["prompt"]).toEqual([
      "What is 6 times 7? Step 1: six sevens ки",
      "What is 6 times 7? Step 1: six sevens ки\nStep 2: so 43 ки",
    ]);
    expect(events).toMatchObject([{ usage: { inputTokens: 60, outputTokens: 2 } }]);
  });

  test("may have other tokens, of which one may be too unlikely to be told", async () => {
    const scores = { by: "tokens" as const, good: "yes", bad: "no", mark: " ?" };
    const { text } = await score(() => said(next(0, { " yes": -0.1 }), next(1, { no: -0.2 })), { scores });
    expect(text).toBe('{"scores":[1,0]}');
  });

  test("that says neither is told how to be set", async () => {
    const asking = score(() => said(next(0, { a: -1 }), next(1, { b: -1 })), { scores: { by: "tokens" } });
    await expect(asking).rejects.toThrow(/says neither "\+" nor "-" behind a step: set scores\.good/);
  });

  test("in turns is shown the steps as turns, by its chat template", async () => {
    const template = join(temporaryFolder(), "turns.jinja");
    writeFileSync(template, "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>");
    const { text, received } = await score(() => said(next(0, { "+": 0 }), next(1, { "-": 0 })), {
      ...{ template, scores: { by: "turns" } },
    });
    expect(text).toBe('{"scores":[1,0]}');
    expect(received[0]?.body["prompt"]).toEqual([
      "<user>What is 6 times 7? six sevens<assistant>",
      "<user>What is 6 times 7? six sevens<assistant>+<user>so 43<assistant>",
    ]);
    const asking = score(() => said(), { scores: { by: "turns" } });
    await expect(asking).rejects.toThrow(/needs its chat template: set template/);
  });
});
