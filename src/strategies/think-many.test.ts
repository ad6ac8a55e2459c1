import { describe, expect, it } from "vitest";
import { scriptedBackend } from "../models/scripted.ts";
import { treeReply } from "../models/scripted-tree.ts";
import { memoryRun } from "../runs/open-run.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import type { Event } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";
import type { PartialSettings } from "./settings.ts";
import { type QuestionOutcome, type ThinkManyOptions, thinkMany } from "./think-many.ts";
import { completeRequest } from "./think-request.ts";

function questions(count: number): Question[] {
  return Array.from({ length: count }, (_, place) => ({
    id: `q${place}`,
    text: `Which way out of maze ${place}?`,
  }));
}

/** A model that knows no question with "unknown" in it, and what it was asked. */
function world({ delayMs = 1, logged = [] as readonly Event[] } = {}) {
  const asked: string[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const backend = scriptedBackend({
    delayMs,
    reply: (prompt, _, seed) => {
      const text = prompt.messages[0]?.content ?? "";
      asked.push(`${text} ${seed}`);
      return treeReply(prompt, seed);
    },
  });
  const load = async () => {
    const model = await backend.load();
    return {
      ...model,
      async doGenerate(options: Parameters<typeof model.doGenerate>[0]) {
        mostInFlight = Math.max(mostInFlight, ++inFlight);
        try {
          if (JSON.stringify(options.prompt).includes("unknown"))
            throw new FailureError("it knows no such maze");
          return await model.doGenerate(options);
        } finally {
          inFlight--;
        }
      },
    };
  };
  const { log, events } = memoryRun(
    { command: "batch", request: {}, models: {}, seed: 0 },
    { ...(logged.length > 0 && { logged }) },
  );
  const registry = { open: () => ({ ...backend, load }), list: () => [] };
  return {
    options: { registry, run: log } satisfies ThinkManyOptions,
    events,
    asked,
    most: () => mostInFlight,
  };
}

function request(settings: PartialSettings = {}, strategy = "vote") {
  return completeRequest({ model: "scripted", strategy, settings: { samples: 3, ...settings } });
}

async function all(outcomes: AsyncIterable<QuestionOutcome>): Promise<QuestionOutcome[]> {
  const list: QuestionOutcome[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

function finished(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.type === "question-finished" ? (event.question ?? "") : [])).sort();
}

describe("many questions", () => {
  it("are each answered once, no more than so many of them at once", async () => {
    const { options, events, most } = world({ delayMs: 5 });
    const outcomes = await all(thinkMany(questions(20), request(), { ...options, atOnce: 4 }));
    expect(new Set(outcomes.map(({ question }) => question.id)).size).toBe(20);
    expect(outcomes.every((outcome) => "thought" in outcome && outcome.thought.text !== undefined)).toBe(
      true,
    );
    expect(finished(events)).toEqual(
      questions(20)
        .map(({ id }) => id)
        .sort(),
    );
    expect(most()).toBe(4);
  });

  it("go on where one of them fails, and where its text is taken from a stream", async () => {
    async function* source() {
      for (const [place, question] of questions(6).entries())
        yield place === 2 ? { ...question, text: "an unknown maze" } : question;
    }
    const { options } = world();
    const outcomes = await all(thinkMany(source(), request(), options));
    const failed = outcomes.filter((outcome) => "failed" in outcome);
    expect(outcomes).toHaveLength(6);
    expect(failed).toMatchObject([{ question: { id: "q2" }, failed: { message: "it knows no such maze" } }]);
  });

  it("come out as they finish, while the others are thought about", async () => {
    const { options, asked } = world({ delayMs: 5 });
    for await (const { question } of thinkMany(questions(100), request(), { ...options, atOnce: 2 })) {
      expect(["q0", "q1"]).toContain(question.id);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked.length).toBeLessThan(30);
  });

  it("repeat nothing when their run is resumed", async () => {
    const whole = world();
    const outcomes = await all(thinkMany(questions(8), request(), whole.options));
    const cut = Math.floor(whole.events.length / 2);
    const resumed = world({ logged: whole.events.slice(0, cut) });
    const again = await all(thinkMany(questions(8), request(), resumed.options));
    expect(finished(resumed.events)).toEqual(finished(whole.events));
    const done = whole.events.slice(0, cut).filter(({ type }) => type === "call-finished").length;
    expect(done).toBeGreaterThan(2);
    expect(resumed.asked.length).toBeLessThan(whole.asked.length);
    expect(resumed.asked.length).toBe(whole.asked.length - samplesOf(whole.events.slice(0, cut)));
    expect(answers(again)).toEqual(answers(outcomes));
  });

  it("end for a request that none could be thought about with, and for two of one id", async () => {
    const { options } = world();
    await expect(all(thinkMany(questions(5), request({}, "vot"), options))).rejects.toThrow(
      /did you mean vote\?/,
    );
    const twice = [...questions(2), ...questions(1)];
    const ended = all(thinkMany(twice, request(), options));
    await expect(ended).rejects.toThrow(InputError);
    await expect(ended).rejects.toThrow('two questions have the id "q0"; rename one');
  });

  it("end at once when they are stopped, also before they began", async () => {
    const stop = new AbortController();
    const { options, events } = world({ delayMs: 50 });
    const ended = all(thinkMany(questions(50), request(), { ...options, signal: stop.signal }));
    setTimeout(() => stop.abort(new Error("stopped by the user")), 20);
    await expect(ended).rejects.toThrow("stopped by the user");
    expect(finished(events)).toEqual([]);
    await expect(
      all(thinkMany(questions(5), request(), { ...options, signal: stop.signal })),
    ).rejects.toThrow("stopped by the user");
  });

  it("may be none", async () => {
    expect(await all(thinkMany([], request(), world().options))).toEqual([]);
  });
});

function samplesOf(events: readonly Event[]): number {
  return events.reduce((sum, event) => sum + (event.type === "call-finished" ? event.samples.length : 0), 0);
}

function answers(outcomes: readonly QuestionOutcome[]): Record<string, string | undefined> {
  const pairs = outcomes.map((outcome) => [
    outcome.question.id,
    "thought" in outcome ? outcome.thought.text : undefined,
  ]);
  return Object.fromEntries(pairs);
}
