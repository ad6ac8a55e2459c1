import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { scriptedBackend } from "../../models/scripted.ts";
import { readLog } from "../../runs/log.ts";
import { createRun, resumeRun } from "../../runs/open-run.ts";
import { askRequestSchema } from "../../strategies/ask-request.ts";
import { thinkThrough } from "../../strategies/think.ts";
import { eventSchema } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts } from "../../thought/fold-thought.ts";
import { createServerContext } from "../context.ts";
import { askApi } from "./ask-api.ts";
import { askedSchema, optionsSchema, streamDeltaSchema, streamEndSchema } from "./ask-schema.ts";

/** A thought that comes word by word and takes its time where the question says so. */
const model = scriptedBackend({
  name: "scripted/slow",
  samplesPerRequest: 1,
  reply: (_prompt, sample) => `first step of ${sample}\nsecond step\nAnswer: ${sample % 2}`,
});

/** Every sample but the first `quick` waits for ever. */
function studio({ quick = Number.POSITIVE_INFINITY } = {}) {
  const runsRoot = temporaryFolder();
  let asked = 0;
  const slow = {
    ...model,
    load: async () => {
      const loaded = await model.load();
      return {
        ...loaded,
        doStream: async (...options: Parameters<typeof loaded.doStream>) => {
          asked++;
          if (asked > quick) await new Promise(() => {});
          return loaded.doStream(...options);
        },
      };
    },
  };
  const registry = { open: () => slow, list: () => [] };
  const context = createServerContext({ runsRoot, registry, environment: {} });
  const app = askApi(context);
  const post = async (path: string, body?: unknown) =>
    app.request(path, { method: "POST", ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const ask = async (body: object) => askedSchema.parse(await (await post("/ask", body)).json());
  return { app, post, ask, runsRoot, context, registry };
}

/** The messages of a stream that has ended. */
async function messagesOf(response: Response) {
  const text = await response.text();
  return text.split("\n\n").flatMap((block) => {
    const fields = Object.fromEntries(
      block.split("\n").map((line) => [line.split(": ")[0], line.slice(line.indexOf(": ") + 2)]),
    );
    return fields["event"] === undefined
      ? []
      : [{ id: fields["id"], event: fields["event"], data: JSON.parse(fields["data"] ?? "") }];
  });
}

const vote = { question: "Which door?", strategy: "vote", settings: { samples: 3, confidence: 1 } };

test("the options name strategies, efforts and models, and the prompts of each strategy", async () => {
  const context = createServerContext({
    runsRoot: temporaryFolder(),
    environment: {},
    config: { effort: "high" },
  });
  const options = optionsSchema.parse(await (await askApi(context).request("/options")).json());
  expect(options.defaults).toEqual({ strategy: "auto", effort: "high", model: "nano" });
  expect(options.models.find(({ name }) => name === "openai/")).toMatchObject({
    configured: false,
    needs: "OPENAI_API_KEY",
  });
  const names = options.prompts.map(({ name }) => name);
  for (const { name, prompts } of options.strategies) {
    expect(names, name).toEqual(expect.arrayContaining(prompts));
    if (name === "auto") expect(prompts).toEqual(names);
  }
  expect(options.prompts.find(({ name }) => name === "debate-critic")).toMatchObject({ agent: "critic" });
});

describe("a question that is asked", () => {
  test("becomes a run whose events are streamed to its end, with what models write in between", async () => {
    const { app, ask, runsRoot } = studio();
    const { run, question } = await ask(vote);
    const messages = await messagesOf(await app.request(`/runs/${run}/events?question=${question}`));
    const events = messages
      .filter(({ event }) => event === "event")
      .map(({ data }) => eventSchema.parse(data));
    expect(events).toEqual(readLog(join(runsRoot, run, "events.jsonl")).events);
    expect(messages.at(-1)).toMatchObject({ event: "end", data: { state: "finished" } });
    for (const { data } of messages.filter(({ event }) => event === "delta")) streamDeltaSchema.parse(data);
    expect(fold(foldThoughts, events).get(question)).toMatchObject({ answer: "0", stopReason: "answered" });
  });

  test("is kept in the form in which it can be resumed", async () => {
    const { app, ask, runsRoot, registry } = studio();
    const { run } = await ask({ ...vote, prompts: { "step-by-step": "Think." }, system: "Be short." });
    await (await app.request(`/runs/${run}/events`)).text();
    const { log, manifest } = resumeRun(run, { root: runsRoot });
    const { question, think } = askRequestSchema.parse(manifest.request);
    expect(think.prompts).toEqual({ "step-by-step": "Think." });
    expect(await thinkThrough(question, think, { registry, run: log })).toMatchObject({ text: "0" });
    log.finish();
  });

  test("ends with its best answer so far when it is told to stop", async () => {
    const { app, post, ask } = studio({ quick: 1 });
    const { run } = await ask({ ...vote, settings: { ...vote.settings, concurrency: 2, order: "arrival" } });
    const reading = Promise.resolve(app.request(`/runs/${run}/events`)).then(messagesOf);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await post(`/runs/${run}/stop`)).status).toBe(202);
    const messages = await reading;
    const types = messages.map(({ data }) => data.type);
    expect(types).toContain("budget-exhausted");
    expect(messages.find(({ data }) => data.type === "answer-chosen")?.data).toMatchObject({ answer: "0" });
    expect(streamEndSchema.parse(messages.at(-1)?.data)).toEqual({ state: "finished" });
    expect((await post(`/runs/${run}/stop`)).status).toBe(400);
  });

  test("is streamed again from any line, and without the texts of its calls", async () => {
    const { app, ask } = studio();
    const { run } = await ask(vote);
    const whole = await messagesOf(await app.request(`/runs/${run}/events?brief=1`));
    const lines = whole.flatMap(({ id }) => id ?? []);
    expect(lines).toEqual(lines.map((_, place) => String(place + 1)));
    const calls = whole.filter(({ data }) => data.type === "call-finished");
    for (const { data } of calls)
      expect(eventSchema.parse(data)).toMatchObject({ request: null, samples: [], usage: { calls: 1 } });
    expect(calls.length).toBe(3);
    const rest = await messagesOf(
      await app.request(`/runs/${run}/events`, { headers: { "last-event-id": String(lines.length - 2) } }),
    );
    expect(rest.flatMap(({ id }) => id ?? [])).toEqual(lines.slice(-2));
  });
});

test("a run of another process is followed from its file", async () => {
  const { app, runsRoot } = studio();
  const log = createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root: runsRoot });
  const reading = Promise.resolve(app.request(`/runs/${log.id}/events?question=q2`)).then(messagesOf);
  log.question("q1").emit({ type: "warning-raised", text: "of another question" });
  log.question("q2").emit({ type: "warning-raised", text: "of this one" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  log.question("q2").emit({ type: "warning-raised", text: "late" });
  log.finish();
  const messages = await reading;
  expect(messages.map(({ data }) => data.text ?? data.type ?? data.state)).toEqual([
    "run-started",
    "of this one",
    "late",
    "run-finished",
    "finished",
  ]);
});

test.each([
  ["{", "not JSON"],
  ["{}", "question"],
  ['{"question":" "}', "empty"],
  ['{"question":"a","strategy":"mtcs"}', "did you mean mcts"],
  ['{"question":"a","effort":"huge"}', "effort"],
  ['{"question":"a","checker":"x"}', 'no checker "x"'],
  ['{"question":"a","prompts":{"route":"{{nothing}}"}}', "nothing fills in {{nothing}}"],
  ['{"question":"a","prompts":{"../x":"y"}}', 'no prompt "../x"'],
  ['{"question":"a","strange":1}', "strange"],
])("refuses %s in one line, and leaves no run behind", async (body, reason) => {
  const { app, runsRoot } = studio();
  const response = await app.request("/ask", { method: "POST", body });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: { message: expect.stringContaining(reason) } });
  expect(readdirSync(runsRoot)).toEqual([]);
});

test("a question that the model does not know is refused and leaves no run behind", async () => {
  const runsRoot = temporaryFolder();
  const app = askApi(createServerContext({ runsRoot, environment: {} }));
  const response = await app.request("/ask", { method: "POST", body: '{"question":"Who wrote Faust?"}' });
  expect(response.status).toBe(400);
  expect(readdirSync(runsRoot)).toEqual([]);
});

test.each(["/runs/..%2f..%2fetc/events", "/runs/none/events", "/runs/none/stop"])(
  "there is no run at %s",
  async (path) => {
    const { app } = studio();
    const method = path.endsWith("stop") ? "POST" : "GET";
    expect((await app.request(path, { method })).status).toBe(400);
  },
);
