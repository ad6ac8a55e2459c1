import { expect, test } from "vitest";
import { scriptedBackend } from "../../models/scripted.ts";
import type { Problem } from "../../problems/problem.ts";
import { memoryRun } from "../../runs/open-run.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { type Event, isCallEvent } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldEvaluation, recordsOf } from "../eval/fold-evaluation.ts";
import { runJudgedSuite } from "./run-judged-suite.ts";
import type { JudgedRequest } from "./suite-request.ts";

const problems: Problem[] = Array.from({ length: 12 }, (_, index) => ({
  question: { id: `simpleqa/${index}`, text: `Who was number ${index}?` },
  ...{ gold: `GOLD-${index}`, family: "people", difficulty: 0.5, source: "simpleqa" },
}));

/** Runs the suite with scripted models; question 5 is answered with nothing, and the judge fails on number 7. */
function run({ logged, stopAfter }: { logged?: readonly Event[]; stopAfter?: number } = {}) {
  const stop = new AbortController();
  const seen = { answered: [] as string[], judged: 0 };
  const count = (): void => {
    if (seen.answered.length + seen.judged === stopAfter) stop.abort(new Error("stopped"));
  };
  const answerer = scriptedBackend({
    name: "answerer",
    reply: ({ messages }) => {
      const [, number = ""] = /number (\d+)/.exec(messages[0]?.content ?? "") ?? [];
      seen.answered.push(JSON.stringify(messages));
      count();
      return number === "5" ? "" : Number(number) % 2 === 0 ? `GOLD-${number}` : "nobody";
    },
  });
  const judge = scriptedBackend({
    name: "judge",
    reply: ({ messages }) => {
      const text = messages[0]?.content ?? "";
      seen.judged++;
      count();
      if (text.includes("number 7?")) return "hard to say";
      const right = /Reply:\nGOLD/.test(text);
      return JSON.stringify({ reason: "compared", verdict: right ? "correct" : "incorrect" });
    },
  });
  const think = (model: string) =>
    completeRequest({ model, strategy: "direct", effort: "low", settings: { order: "asked" } });
  const request: JudgedRequest = {
    ...{ suite: "facts", think: think("answerer"), judge: think("judge") },
    ...{ fingerprint: "", atOnce: 3, data: "none" },
  };
  const { log, events } = memoryRun(
    { command: "suite", request: {}, models: {}, seed: 0 },
    { ...(logged === undefined ? {} : { logged }) },
  );
  const registry = { open: (name: string) => (name === "judge" ? judge : answerer), list: () => [] };
  const done = runJudgedSuite(problems, request, { registry, run: log, signal: stop.signal });
  return { done, events, seen };
}

const recordsIn = (events: readonly Event[]) => recordsOf(fold(foldEvaluation([], "answerer"), events));

test("each reply gets its verdict, and what has none says why", async () => {
  const { done, events, seen } = run();
  await done;
  const verdicts = recordsIn(events).map(({ tags, correct }) => `${tags["verdict"]}${correct ? "!" : ""}`);
  expect(verdicts).toEqual(
    problems.map((_, index) =>
      index === 5 || index === 7 ? "no reply" : index % 2 === 0 ? "correct!" : "incorrect",
    ),
  );
  // Number 7 is asked about three times, number 5 never.
  expect([seen.answered.length, seen.judged]).toEqual([12, 13]);
  const failed = recordsIn(events).filter(({ tags }) => tags["verdict"] === "no reply");
  expect(failed.map(({ reason }) => reason)).toEqual([
    "an empty reply",
    expect.stringContaining("the judge gave no verdict: the judge gave no usable reply"),
  ]);
});

test("whoever answers is not shown the reference, and pays for no verdict", async () => {
  const { done, events, seen } = run();
  await done;
  expect(seen.answered.join()).not.toContain("GOLD");
  for (const { calls } of recordsIn(events)) expect(calls).toBe(1);
});

test("a run that is stopped at any call goes on where it was, to the same verdicts", async () => {
  const whole = run();
  await whole.done;
  for (const stopAfter of [1, 4, 9, 20]) {
    const first = run({ stopAfter });
    await expect(first.done).rejects.toThrow("stopped");
    const logged = [...first.events];
    const second = run({ logged });
    await second.done;
    const plain = (events: readonly Event[]) =>
      recordsIn(events).map(({ problem, tags, reason, outputTokens }) => ({
        problem,
        tags,
        reason,
        outputTokens,
      }));
    expect(plain(second.events)).toEqual(plain(whole.events));
    const calls = logged.filter((event) => isCallEvent(event) && event.type === "call-finished").length;
    expect(second.seen.answered.length + second.seen.judged).toBe(25 - calls);
  }
});
