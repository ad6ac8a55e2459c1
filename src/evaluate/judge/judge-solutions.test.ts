import { expect, test } from "vitest";
import { oopsJudge, processbenchRecords } from "../../../test/support/labelled-solutions.ts";
import type { Backend } from "../../models/backend.ts";
import { type ScriptedBackendSettings, scriptedBackend } from "../../models/scripted.ts";
import { processbench } from "../../problems/benchmarks/processbench.ts";
import { memoryRun } from "../../runs/open-run.ts";
import type { PartialSettings } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { type Event, isCallEvent } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldJudgement } from "./fold-judgement.ts";
import { judgeSolutions } from "./judge-solutions.ts";
import { sweptResult } from "./judgement-result.ts";
import { labelledSolutions } from "./recorded-steps.ts";

const { solutions } = labelledSolutions(
  processbenchRecords(9).flatMap((record, index) => {
    const read = processbench.read(record, index);
    return "problem" in read ? read.problem : [];
  }),
);

interface Judging extends Partial<ScriptedBackendSettings> {
  settings?: PartialSettings;
  logged?: readonly Event[];
  signal?: AbortSignal;
}

/** Judges all solutions with a scripted model; `asked` counts its prompts. */
function judge({ settings = {}, logged, signal, reply = oopsJudge, ...backend }: Judging) {
  const seen = { asked: 0 };
  const model: Backend = scriptedBackend({
    ...backend,
    reply: (...told) => {
      seen.asked++;
      return reply(...told);
    },
  });
  const { log, events } = memoryRun(
    { command: "judge", request: {}, models: {}, seed: 0 },
    { ...(logged === undefined ? {} : { logged }) },
  );
  const think = completeRequest({
    model: "scripted",
    effort: "max",
    settings: { reward: "judge", ...settings },
  });
  const registry = { open: () => model, list: () => [] };
  const done = judgeSolutions(solutions, { registry, run: log, think, atOnce: 4, signal });
  return { done, events, seen };
}

test("a judge that sees every mistake scores as one, with one call a solution", async () => {
  const { done, events, seen } = judge({});
  await done;
  expect(seen.asked).toBe(9);
  const { judged, unjudged } = fold(foldJudgement, events);
  expect(unjudged).toEqual([]);
  expect(judged.find(({ problem }) => problem === "processbench/gsm8k-2")).toMatchObject({
    firstError: 1,
    scores: [0.9, expect.closeTo(0.1, 12), 0.9],
  });
  const { result } = sweptResult({ judged, unjudged }, 0.5);
  expect(result).toMatchObject({
    solutions: 9,
    processBenchF1: 1,
    solutionMacroF1: 1,
    stepAuc: 1,
    mrScore: expect.closeTo(0.5, 12),
  });
});

test("a process reward model scores all steps of a solution in one call", async () => {
  const { done, events, seen } = judge({
    traits: { scoresSteps: true },
    settings: { reward: "prm" },
    reply: ({ prefill = "" }) =>
      JSON.stringify({ scores: prefill.split("\n").map((line) => (line.includes("oops") ? 0.2 : 0.7)) }),
  });
  await done;
  expect(seen.asked).toBe(9);
  const { judged } = fold(foldJudgement, events);
  expect(judged.flatMap(({ scores }) => scores)).toHaveLength(27);
  expect(sweptResult({ judged }, 0.5).result.processBenchF1).toBe(1);
});

test("a solution that the judge fails on has no scores and counts as not found, and the others go on", async () => {
  const { done, events } = judge({
    reply: (prompt) =>
      (prompt.messages[0]?.content ?? "").includes("step 0 of 3") ? "no idea" : oopsJudge(prompt),
  });
  await done;
  const { judged, unjudged } = fold(foldJudgement, events);
  expect(judged).toHaveLength(8);
  expect(unjudged).toEqual([
    {
      problem: "processbench/gsm8k-3",
      firstError: undefined,
      reason: expect.stringContaining("no usable reply"),
    },
  ]);
  const { result } = sweptResult({ judged, unjudged }, 0.5);
  expect(result).toMatchObject({ solutions: 8, unjudged: 1, allRight: { right: 2, trials: 3 } });
});

test("what the judge is shown does not say where the mistake is", async () => {
  const { done, events } = judge({});
  await done;
  for (const solution of solutions) {
    const own = events.filter(({ question }) => question === solution.problem.question.id);
    const told = own.findIndex(({ type }) => type === "problem-revealed");
    expect(own.slice(told)).toHaveLength(1);
    const shown = JSON.stringify(
      own.filter(isCallEvent).map((event) => ("request" in event ? event.request : "")),
    );
    expect(shown).not.toMatch(/firstError|first_error|"label":\s*-?\d/);
  }
});

test("a run that is stopped goes on where it was, without a call made twice, to the same scores", async () => {
  const whole = judge({ settings: { order: "asked" } });
  await whole.done;
  for (const after of [1, 5, 20]) {
    const stop = new AbortController();
    let calls = 0;
    const first = judge({
      ...{ settings: { order: "asked" }, signal: stop.signal },
      reply: (prompt) => {
        if (++calls > after) stop.abort(new Error("stopped"));
        return oopsJudge(prompt);
      },
    });
    await first.done.catch(() => {});
    const logged = [...first.events];
    const second = judge({ settings: { order: "asked" }, logged });
    await second.done;
    const finished = logged.filter(({ type }) => type === "call-finished").length;
    expect(second.seen.asked).toBe(9 - finished);
    const sorted = (events: readonly Event[]) =>
      [...fold(foldJudgement, events).judged].sort((one, other) => (one.problem < other.problem ? -1 : 1));
    expect(sorted(second.events)).toEqual(sorted(whole.events));
  }
});

test("a reward that knows nothing of recorded steps is refused in one line", async () => {
  for (const reward of ["vote", "likelihood", "auto"])
    await expect(judge({ settings: { reward } }).done).rejects.toThrow(
      /likelihood|cannot score recorded steps/,
    );
  await expect(judge({ settings: { reward: "vote" } }).done).rejects.toThrow(
    "the reward vote cannot score recorded steps; use judge, rollouts or prm",
  );
});
