import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelTraits, Prompt } from "../../models/client.ts";
import type { ModelRegistry } from "../../models/registry.ts";
import { scriptedBackend } from "../../models/scripted.ts";
import type { Problem } from "../../problems/problem.ts";
import { type MemoryRun, memoryRun } from "../../runs/open-run.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import type { Event } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { type EvaluationRecord, foldEvaluation, recordsOf } from "./fold-evaluation.ts";
import { runEvaluation } from "./run-evaluation.ts";

function problemsOf(count: number, gold = (place: number) => String(place % 3)): Problem[] {
  return Array.from({ length: count }, (_, place) => ({
    question: { id: `own/${place}`, text: `What is ${place} modulo 3?` },
    ...{ gold: gold(place), family: "sums", difficulty: 0.5, source: "own", tags: { level: "2" } },
  }));
}

interface Model {
  accepts?: ModelTraits["accepts"];
  /** Told of each sample that is asked for. */
  asked?: (seed: number) => void;
}

function registryOf({ accepts, asked }: Model = {}): ModelRegistry {
  const reply = (_prompt: Prompt, _sample: number, seed: number): string => {
    asked?.(seed);
    return `so it is clear\nAnswer: ${seed % 3}`;
  };
  const traits = { ...(accepts && { accepts }), outOfScope: "only sums" };
  const backend = scriptedBackend({ name: "sums", reply, traits });
  return { open: () => backend, list: () => [] };
}

const think = completeRequest({
  model: "sums",
  strategy: "vote",
  settings: { samples: 3, confidence: 1, order: "asked" },
});

async function evaluate(
  problems: readonly Problem[],
  { logged, samples = 1, ...model }: Model & { logged?: readonly Event[]; samples?: number } = {},
): Promise<MemoryRun> {
  const memory = memoryRun(
    { command: "eval", request: {}, models: {}, seed: 0 },
    logged === undefined ? {} : { logged },
  );
  await runEvaluation(problems, { registry: registryOf(model), run: memory.log, think, samples, atOnce: 4 });
  return memory;
}

function recordsIn(events: readonly Event[]): EvaluationRecord[] {
  const session = { startedAt: new Date(0).toISOString(), firstLine: 1 };
  return recordsOf(fold(foldEvaluation([session], "sums"), events)).map((record) => ({
    ...record,
    wallMs: 0,
  }));
}

const storyOf = (events: readonly Event[], question: string): string[] =>
  events.filter((event) => event.question === question).map(({ type }) => type);

describe("an evaluation", () => {
  test("grades each answer behind its thinking, and records what it was and cost", async () => {
    const { events } = await evaluate(problemsOf(7));
    for (const { question } of problemsOf(7)) {
      const story = storyOf(events, `${question.id}#0`);
      expect(story[0]).toBe("question-started");
      expect(story.slice(-3)).toEqual(["question-finished", "problem-revealed", "answer-graded"]);
    }
    const records = recordsIn(events);
    expect(records.map(({ problem }) => problem)).toEqual(problemsOf(7).map(({ question }) => question.id));
    for (const record of records) {
      expect(record.correct).toBe(record.answer === record.gold);
      expect(record).toMatchObject({
        source: "own",
        family: "sums",
        tags: { level: "2" },
        sample: 0,
        failed: false,
      });
      expect(record).toMatchObject({
        calls: 1,
        outputTokens: 18,
        costUsd: 0,
        strategy: "vote",
        model: "sums",
      });
      expect(record.thought).toBe("so it is clear");
      expect(record.reward).toBeGreaterThan(0);
    }
    expect(new Set(records.map(({ correct }) => correct)).size).toBe(2);
  });

  test("asks each sample of a problem with a seed of its own", async () => {
    const seeds: number[] = [];
    const { events } = await evaluate(problemsOf(5), { samples: 4, asked: (seed) => seeds.push(seed) });
    expect(new Set(seeds).size).toBe(5 * 4 * 3);
    const records = recordsIn(events);
    expect(records.map(({ problem, sample }) => `${problem}#${sample}`)).toEqual(
      problemsOf(5).flatMap(({ question }) => [0, 1, 2, 3].map((sample) => `${question.id}#${sample}`)),
    );
  });

  test("shows the gold to nothing before it grades", async () => {
    const thinking = (events: readonly Event[]) =>
      events
        .filter(
          ({ type }) => type !== "problem-revealed" && type !== "answer-graded" && type !== "run-started",
        )
        .map((event) => ({ ...event, at: 0, ...("wallMs" in event ? { wallMs: 0 } : {}) }));
    const right = await evaluate(problemsOf(6));
    const other = await evaluate(problemsOf(6, () => "gold-7391"));
    expect(thinking(other.events)).toEqual(thinking(right.events));
    expect(JSON.stringify(thinking(other.events))).not.toContain("gold-7391");
    expect(recordsIn(other.events).some(({ correct }) => correct)).toBe(false);
  });

  test("counts a question that fails as wrong with what failed, and goes on", async () => {
    const { events } = await evaluate(problemsOf(8), { accepts: (text) => !text.includes(" 3 ") });
    const records = recordsIn(events);
    expect(records).toHaveLength(8);
    const failed = records.filter((record) => record.failed);
    expect(failed.map(({ problem }) => problem)).toEqual(["own/3"]);
    const refused = failed.find(({ problem }) => problem === "own/3");
    expect(refused?.text).toBe("What is 3 modulo 3?");
    expect(refused).toMatchObject({
      correct: false,
      answer: undefined,
      reason: "only sums",
      calls: 0,
      outputTokens: 0,
    });
  });
});

test("from any point of its log an evaluation comes to the same end and repeats no sample that it had", async () => {
  const accepts = (text: string): boolean => !text.includes(" 2 ");
  const whole = await evaluate(problemsOf(4), { samples: 2, accepts });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.events.length }), async (kept) => {
      const logged = whole.events.slice(0, kept);
      let asked = 0;
      const had = logged.reduce(
        (sum, event) => sum + (event.type === "call-finished" ? event.samples.length : 0),
        0,
      );
      const resumed = await evaluate(problemsOf(4), { samples: 2, accepts, logged, asked: () => asked++ });
      expect(asked).toBe(3 * 2 * 3 - had);
      expect(recordsIn(resumed.events)).toEqual(recordsIn(whole.events));
      expect(resumed.events).toHaveLength(whole.events.length);
    }),
    { seed: 4, numRuns: 40 },
  );
});
