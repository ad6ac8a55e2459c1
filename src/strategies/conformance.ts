import { describe, expect, test } from "vitest";
import type { BudgetLimits } from "../models/budget.ts";
import type { Problem } from "../problems/problem.ts";
import { type Event, type EventOf, eventSchema, isCallEvent } from "../thought/event.ts";
import { fold } from "../thought/fold.ts";
import { foldThoughts } from "../thought/fold-thought.ts";
import { foldUsage } from "../thought/fold-usage.ts";
import { Random } from "../thought/random.ts";
import type { StrategyEntry } from "./registry.ts";
import {
  callEvents,
  finishedSeeds,
  mazeQuestion,
  type ScriptedThinking,
  strategyEvents,
  thinkScripted,
} from "./scripted-world.ts";
import type { PartialSettings } from "./settings.ts";

/** Cuts that are tried of one log. */
const MOST_CUTS = 16;

/**
 * What every strategy has to keep to, whatever its models do. Run for each entry of the registry.
 *
 * @param differently settings in place of the suite's own; undefined leaves one to its default
 * @param entry the strategy itself, where it stands in no registry
 */
export function strategyConformance(
  strategy: string,
  differently: PartialSettings = {},
  entry?: StrategyEntry,
): void {
  const settings: PartialSettings = {
    ...{ samples: 6, width: 3, keep: 2, depth: 8, maxTokens: 40, concurrency: 4, order: "asked" },
    ...differently,
  };
  const wide: PartialSettings = {
    ...{ ...settings, samples: 64, width: 16, keep: 4, concurrency: 64 },
    ...differently,
  };
  const how =
    Object.keys(differently).length === 0
      ? ""
      : `, asked with other ${Object.keys(differently).join(" and ")},`;
  const thinkOnce = (more: Partial<ScriptedThinking> = {}) =>
    thinkScripted({ strategy, settings, ...(entry && { entry }), ...more });

  describe(`${strategy}${how} keeps to what every strategy has to`, () => {
    test("answers with a thought of its tree, and logs how it came about", async () => {
      const { result, events } = thinkOnce();
      const answer = await result;
      expect(answer).toMatchObject({ stopReason: "answered", checked: false });
      const chosen = events.flatMap((event) => (event.type === "strategy-chosen" ? event.strategy : []));
      expect(answer.strategy).toBe(chosen.at(-1));
      expect(answer.candidates.map((candidate) => candidate.answer)).toContain(answer.text);
      for (const event of events) eventSchema.parse(JSON.parse(JSON.stringify(event)));
      const bodies = events.filter((event) => !isCallEvent(event));
      const types = bodies.map(({ type }) => type).filter((type) => type !== "warning-raised");
      expect(types.slice(0, 3)).toEqual(["run-started", "question-started", "strategy-chosen"]);
      expect(types.slice(-2)).toEqual(["answer-chosen", "question-finished"]);
      expect(types.filter((type) => type === "answer-chosen")).toHaveLength(1);
      const thought = fold(foldThoughts, events).get(mazeQuestion.id);
      expect(thought).toMatchObject({ answer: answer.text, steps: answer.thought, stopReason: "answered" });
    });

    test("does the same with the same seed, whatever arrives first", async () => {
      const first = thinkOnce();
      const answer = await first.result;
      for (let arrivals = 1; arrivals < 8; arrivals++) {
        const again = thinkOnce({ arrivals });
        expect(await again.result).toEqual(answer);
        expect(strategyEvents(again.events)).toEqual(strategyEvents(first.events));
        expect(callEvents(again.events)).toEqual(callEvents(first.events));
      }
      const other = thinkOnce({ settings: { ...settings, seed: 1 } });
      await other.result;
      expect(other.asked.filter((seed) => first.asked.includes(seed))).toEqual([]);
    });

    test("answers just as well when results are told as they arrive", async () => {
      const { result } = thinkOnce({ settings: { ...settings, order: "arrival" }, arrivals: 3 });
      expect((await result).text).toBeDefined();
    });

    test("does not see the reference answer: another one changes no event", async () => {
      const problem: Problem = {
        ...{ question: mazeQuestion, gold: "abba", family: "maze", difficulty: 0.5, source: "test" },
      };
      const corrupted: Problem = { ...problem, gold: "no way" };
      const logs = [problem, corrupted].map(async ({ question }) => {
        const { result, events } = thinkOnce({ question });
        await result;
        return [...strategyEvents(events), ...callEvents(events)];
      });
      const [left, right] = await Promise.all(logs);
      expect(right).toEqual(left);
    });

    test("counts what its calls reported, and nothing else", async () => {
      const { result, events, reported } = thinkOnce({ settings: wide, samplesPerRequest: 3 });
      const { usage } = await result;
      expect(usage).toMatchObject({ ...reported, estimatedOutputTokens: 0 });
      expect(fold(foldUsage, events)).toEqual(usage);
      const byRole = Object.values(usage.byRole).map((part) => part.outputTokens);
      expect(byRole.reduce((sum, part) => sum + part, 0)).toBe(reported.outputTokens);
    });

    const limits: BudgetLimits[] = [
      ...[150, 400, 1_000, 3_000, 10_000, 40_000].map((tokens) => ({ tokens })),
      ...[1, 2, 5].map((calls) => ({ calls })),
    ];
    test.each(limits)(
      "never passes %j with 64 in flight, and gives its best answer so far",
      async (budget) => {
        for (const order of ["asked", "arrival"] as const) {
          const outcome = thinkOnce({ settings: { ...wide, order, budget }, samplesPerRequest: 1 });
          const { text, usage, stopReason } = await outcome.result;
          const { inputTokens, outputTokens, estimatedOutputTokens, calls } = usage;
          const tokens = inputTokens + outputTokens + estimatedOutputTokens;
          expect(tokens).toBeLessThanOrEqual(budget.tokens ?? tokens);
          expect(calls).toBeLessThanOrEqual(budget.calls ?? calls);
          const exhausted = outcome.events.some(({ type }) => type === "budget-exhausted");
          expect(stopReason).toBe(exhausted ? "budget" : text === undefined ? "no-answer" : "answered");
          if (outcome.events.some(({ type }) => type === "answer-proposed")) expect(text).toBeDefined();
        }
      },
    );

    test("stops when its time is up", async () => {
      const startedAt = performance.now();
      const { result } = thinkOnce({
        ...{ settings: { ...settings, concurrency: 1, budget: { seconds: 0.1 } }, delayMs: 400 },
      });
      expect((await result).stopReason).toBe("budget");
      expect(performance.now() - startedAt).toBeLessThan(350);
    });

    test("ends with its best answer so far when it is told that this is enough", async () => {
      const startedAt = performance.now();
      const slow = new AbortController();
      const begun = thinkOnce({ enough: slow.signal, delayMs: 400 });
      setTimeout(() => slow.abort(), 50);
      expect((await begun.result).stopReason).toBe("budget");
      expect(performance.now() - startedAt).toBeLessThan(350);

      const enough = new AbortController();
      const thinking = { settings: { ...wide, concurrency: 2 }, samplesPerRequest: 1 };
      const { result, events } = thinkOnce({ ...thinking, enough: enough.signal, delayMs: 4 });
      setTimeout(() => enough.abort(), 60);
      const answer = await result;
      const exhausted = events.filter(({ type }) => type === "budget-exhausted");
      expect(exhausted.length).toBe(answer.stopReason === "budget" ? 1 : 0);
      if (events.some(({ type }) => type === "answer-proposed")) expect(answer.text).toBeDefined();
      const again = thinkOnce({ ...thinking, logged: events });
      expect(await again.result).toEqual(answer);
      expect(again.asked).toEqual([]);
    });

    test("ends at once when it is aborted, and emits nothing more", async () => {
      const stop = new AbortController();
      const { result, events } = thinkOnce({ signal: stop.signal, delayMs: 60 });
      setTimeout(() => stop.abort(new Error("stopped by the user")), 30);
      await expect(result).rejects.toThrow("stopped by the user");
      const known = events.length;
      expect(events.at(-1)).toMatchObject({ type: "call-failed", outcome: "cancelled" });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(events).toHaveLength(known);
    });

    test("answers as long as one thought comes through", async () => {
      let answered = 0;
      for (let seed = 0; seed < 12; seed++) {
        const { result, events } = thinkOnce({
          ...{ settings: { ...settings, seed }, failures: 0.3, samplesPerRequest: 1 },
        });
        const outcome = await result.catch((error: unknown) => error);
        if (events.some(({ type }) => type === "answer-proposed")) {
          expect(outcome).toMatchObject({ stopReason: "answered" });
          answered++;
        } else if (outcome instanceof Error) expect(outcome.message).toMatch(/^[^\n]+$/);
      }
      expect(answered).toBeGreaterThan(3);
    });

    test("says in one line what is wrong when every call fails", async () => {
      const { result } = thinkOnce({ failures: 1 });
      await expect(result).rejects.toMatchObject({ exitCode: 1, message: expect.stringMatching(/^[^\n]+$/) });
    });

    const troubles: Partial<ScriptedThinking>[] = [
      {},
      { samplesPerRequest: 1 },
      { samplesPerRequest: 1, failures: 0.3 },
      { samplesPerRequest: 1, settings: { ...settings, budget: { tokens: 700 } } },
      { samplesPerRequest: 2, settings: { ...settings, budget: { calls: 5 } } },
    ];

    describe.each(troubles)("resumed from a log that was cut anywhere, with %j,", (trouble) => {
      test("repeats no finished call and comes to the same end by the same events", async () => {
        for (let seed = 0; seed < 2; seed++) {
          const thinking = { ...trouble, settings: { ...settings, ...trouble.settings, seed } };
          const whole = thinkOnce({ ...thinking, arrivals: seed });
          const answer = await endOf(whole.result);
          for (const [cut, logged] of cuts(whole.events, seed)) {
            const resumed = thinkOnce({ ...thinking, logged, arrivals: cut });
            const again = await endOf(resumed.result);
            expect(again, `cut at ${cut}`).toEqual(answer);
            expect(repeated(resumed.asked, logged, seed), `cut at ${cut}`).toEqual([]);
            const hide = thinking.failures === undefined ? same : withoutUsage;
            expect(strategyEvents(resumed.events).map(hide)).toEqual(strategyEvents(whole.events).map(hide));
          }
        }
      });

      test("repeats no finished call in the order of arrival either", async () => {
        const thinking = {
          ...trouble,
          settings: { ...settings, ...trouble.settings, order: "arrival" as const },
        };
        const whole = thinkOnce({ ...thinking, arrivals: 5 });
        await endOf(whole.result);
        for (const [cut, logged] of cuts(whole.events, 0)) {
          const resumed = thinkOnce({ ...thinking, logged, arrivals: cut });
          expect(await endOf(resumed.result), `cut at ${cut}`).toBeDefined();
          expect(repeated(resumed.asked, logged, 0), `cut at ${cut}`).toEqual([]);
        }
      });
    });

    test("resumed after another setting says so instead of going on", async () => {
      const whole = thinkOnce();
      await whole.result;
      const { result } = thinkOnce({ logged: whole.events, settings: { ...settings, maxTokens: 41 } });
      await expect(result).rejects.toThrow(/start a new run instead of resuming$/);
    });
  });
}

/** The log cut behind some of its events, which are drawn by lot. */
function cuts(events: readonly Event[], seed: number): [number, Event[]][] {
  const places = new Random(`cuts/${seed}`).shuffle(events.map((_, index) => index + 1));
  return places.slice(0, MOST_CUTS).map((place) => [place, events.slice(0, place)]);
}

/** Samples that were asked for although the log holds them. */
function repeated(asked: readonly number[], logged: readonly Event[], seed: number): number[] {
  const finished = finishedSeeds(logged, seed);
  return asked.filter((one) => finished.has(one));
}

/** What a person gets in the end: the answer, or the error's line. Usage depends on what a kill has lost. */
async function endOf(result: ReturnType<typeof thinkScripted>["result"]): Promise<object> {
  try {
    const { usage: _usage, ...answer } = await result;
    return answer;
  } catch (error) {
    if (error instanceof Error) return { error: error.message };
    throw error;
  }
}

function same(event: object): object {
  return event;
}

/** A call that failed and was not told when the log was cut fails, and counts, once more. */
function withoutUsage(event: object): object {
  const { usage: _usage, ...rest }: Partial<EventOf<"question-finished">> = event;
  return rest;
}
