import { expect, onTestFinished, test } from "vitest";
import { treeReply } from "../src/models/scripted-tree.ts";
import {
  type Endpoint,
  type EndpointFault,
  type EndpointOptions,
  faultPlan,
  oneOfFaults,
  startEndpoint,
} from "../src/models/testing/index.ts";
import { memoryRun } from "../src/runs/open-run.ts";
import { strategies } from "../src/strategies/registry.ts";
import { type QuestionOutcome, thinkMany } from "../src/strategies/think-many.ts";
import { completeRequest } from "../src/strategies/think-request.ts";
import type { Event } from "../src/thought/event.ts";
import { mazeModels, mazeQuestions, mazeRegistry, mazeReply } from "./support/maze-endpoint.ts";
import { thinkOver } from "./support/think-over.ts";

/** All kinds that end at all; what never ends is for a budget in seconds. */
const faults: EndpointFault[] = [
  { kind: "rate-limit", retryAfterMs: 30 },
  { kind: "rate-limit", retryAfterMs: 1000 },
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "cut" },
  { kind: "cut", afterPieces: 0 },
  { kind: "truncated" },
  { kind: "no-choices" },
  { kind: "no-usage" },
  { kind: "wrong-usage", times: 2 },
  { kind: "long", ms: 400 },
  { kind: "ignores-n" },
  { kind: "refuses", parameter: "n" },
  { kind: "refuses", parameter: "response_format" },
  { kind: "refuses", parameter: "logprobs" },
  { kind: "refuses", parameter: "seed" },
];

async function start(options: EndpointOptions): Promise<Endpoint> {
  const endpoint = await startEndpoint(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
}

async function all(outcomes: AsyncIterable<QuestionOutcome>): Promise<QuestionOutcome[]> {
  const list: QuestionOutcome[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

function idsOf(events: readonly Event[], type: Event["type"]): (string | undefined)[] {
  return events.flatMap((event) => (event.type === type ? [event.question] : [])).sort();
}

const sixty = ["vote", "best-of-n", "step-by-step"];

// Beside each other, since most of the time is spent waiting for what the faults make them wait for.
test.concurrent.for(strategies.map(({ name }): [string, number] => [name, sixty.includes(name) ? 60 : 5]))(
  "with %s none of %d problems is lost or answered twice where a fifth of the replies have faults of all kinds",
  { timeout: 120_000 },
  async ([strategy, count], { expect, onTestFinished }) => {
    const endpoint = await startEndpoint({
      reply: mazeReply,
      fault: faultPlan(oneOfFaults(faults, 0.2), 11),
    });
    onTestFinished(() => endpoint.close());
    const { log, events } = memoryRun({ command: "batch", request: {}, models: {}, seed: 0 });
    const settings = { samples: 4, width: 2, keep: 2, depth: 6, rollouts: 6, lookahead: 1, maxTokens: 400 };
    const request = completeRequest({ ...mazeModels, strategy, settings });
    // One sample a request: every thought meets the faults for itself.
    const registry = mazeRegistry(endpoint.url, { samples: 1 });
    const asked = mazeQuestions(count);
    const outcomes = await all(thinkMany(asked, request, { registry, run: log, atOnce: 60 }));

    const ids = asked.map(({ id }) => id).sort();
    expect(outcomes.map(({ question }) => question.id).sort()).toEqual(ids);
    const unanswered = outcomes.filter(
      (outcome) => !("thought" in outcome) || outcome.thought.text === undefined,
    );
    expect(unanswered).toEqual([]);
    for (const type of ["question-started", "answer-chosen", "question-finished"] as const)
      expect(idsOf(events, type), type).toEqual(ids);
    const suffered = endpoint.ledger.entries.filter(({ fault }) => fault !== undefined).length;
    if (count === 60) expect(suffered / endpoint.ledger.entries.length).toBeGreaterThan(0.12);
    // What a search cancels when it has its answer may never have reached the endpoint.
    const stray = events.filter((event) => event.type === "call-failed" && event.outcome === "cancelled");
    const calls = outcomes.reduce(
      (sum, outcome) => sum + ("thought" in outcome ? outcome.thought.usage.calls : 0),
      0,
    );
    const { requests } = endpoint.ledger.sum();
    expect(calls).toBeGreaterThanOrEqual(requests);
    expect(calls - requests).toBeLessThanOrEqual(stray.length);
  },
);

test("a question that no reply comes for fails alone, and says why in one line", async () => {
  const endpoint = await start({
    reply: mazeReply,
    fault: ({ prompt }) =>
      JSON.stringify(prompt).includes("maze 3?") ? { kind: "status", status: 400, message: "no" } : undefined,
  });
  const { log, events } = memoryRun({ command: "batch", request: {}, models: {}, seed: 0 });
  const request = completeRequest({ ...mazeModels, strategy: "vote", settings: { samples: 3 } });
  const registry = mazeRegistry(endpoint.url);
  const outcomes = await all(thinkMany(mazeQuestions(8), request, { registry, run: log }));
  const failed = outcomes.filter((outcome) => "failed" in outcome);
  expect(failed).toMatchObject([
    { question: { id: "q3" }, failed: { message: expect.stringMatching(/^[^\n]+$/) } },
  ]);
  expect(idsOf(events, "question-finished")).toHaveLength(7);
});

test("a budget in seconds ends replies that never do, and keeps what was thought before", async () => {
  const endpoint = await start({
    reply: mazeReply,
    fault: ({ number }) => (number < 2 ? undefined : { kind: number % 2 === 0 ? "silent" : "never-ending" }),
  });
  const { thought } = await thinkOver(endpoint.url, {
    strategy: "vote",
    settings: { samples: 6, confidence: 1, concurrency: 1, order: "asked", budget: { seconds: 1.5 } },
    show: () => {},
  });
  expect(thought).toMatchObject({ stopReason: "budget", text: expect.stringMatching(/^[abc]{4}$/) });
  await expect.poll(() => endpoint.ledger.inFlight).toBe(0);
});

test("two questions at once keep their settings, seeds and prompts to themselves", async () => {
  const endpoint = await start({
    reply: (prompt, _, seed) => treeReply(prompt, seed),
    latency: { kind: "uniform", fromMs: 1, toMs: 25 },
    fault: faultPlan(oneOfFaults(faults.slice(0, 8), 0.2), 4),
  });
  const registry = mazeRegistry(endpoint.url, { samples: 1 });
  const sides = [
    {
      text: "Which way leads out of the left maze?",
      seed: 1,
      temperature: 0.25,
      maxTokens: 111,
      strategy: "beam",
    },
    {
      text: "Which way leads out of the right maze?",
      seed: 2,
      temperature: 1.5,
      maxTokens: 222,
      strategy: "vote",
    },
  ];
  await Promise.all(
    sides.map(({ text, strategy, ...settings }, place) =>
      thinkOver(endpoint.url, {
        question: { id: `q${place}`, text },
        strategy,
        settings: { ...settings, samples: 12, confidence: 1, width: 4, depth: 4, order: "arrival" },
        registry,
      }),
    ),
  );
  const seeds = sides.map(({ text, temperature, maxTokens, strategy }) => {
    const own = endpoint.ledger.entries.filter(({ request }) =>
      JSON.stringify(request.prompt).includes(text),
    );
    expect(own.length).toBeGreaterThanOrEqual(12);
    for (const { request } of own) {
      expect(request.body).toMatchObject({ model: "maze", temperature, max_tokens: maxTokens });
      expect(request.stop).toEqual(strategy === "beam" ? ["\n"] : []);
    }
    return own.map(({ request }) => request.body.seed);
  });
  expect(seeds.flat().length).toBe(endpoint.ledger.entries.length);
  expect(seeds[0]?.filter((seed) => seeds[1]?.includes(seed))).toEqual([]);
  // Interleaved, not one after the other.
  const texts = endpoint.ledger.entries.map(({ request }) =>
    request.prompt.messages[0]?.content.includes("left"),
  );
  expect(texts.lastIndexOf(true)).toBeGreaterThan(texts.indexOf(false));
  expect(texts.lastIndexOf(false)).toBeGreaterThan(texts.indexOf(true));
});
