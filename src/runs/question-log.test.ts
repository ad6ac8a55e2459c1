import fc from "fast-check";
import { expect, it } from "vitest";
import { eventLog } from "../../test/support/arbitraries.ts";
import { FailureError } from "../thought/errors.ts";
import { type Event, type EventBody, isCallEvent } from "../thought/event.ts";
import { fold } from "../thought/fold.ts";
import { foldUsage } from "../thought/fold-usage.ts";
import { emptyTokenUsage } from "../thought/usage.ts";
import { memoryRun } from "./open-run.ts";
import type { RunLog } from "./run-log.ts";

const asked = { command: "ask", request: null, models: {}, seed: 1 };

const step = (node: string, text = "a step"): EventBody => ({ type: "step-added", node, parent: "0", text });
const call = (occurrence: number, indices = [0]): EventBody => ({
  ...{
    type: "call-finished",
    site: "answer",
    occurrence,
    fingerprint: "f",
    role: "policy",
    model: "m",
    wallMs: 10,
  },
  usage: {
    inputTokens: 5,
    outputTokens: 7,
    reasoningTokens: 0,
    estimatedOutputTokens: 0,
    calls: 1,
    costUsd: 0,
  },
  ...{
    request: null,
    samples: indices.map((index) => ({ index, text: `text ${index}`, finishReason: "stop" })),
  },
});
const failedCall: EventBody = {
  ...{
    type: "call-failed",
    site: "answer",
    occurrence: 9,
    fingerprint: "f",
    role: "policy",
    model: "m",
    wallMs: 10,
  },
  usage: {
    inputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    estimatedOutputTokens: 3,
    calls: 1,
    costUsd: 0,
  },
  ...{ outcome: "cancelled", error: "stopped" },
};

/** Logs bodies to question `q` and gives the events, to be resumed. */
function logged(...bodies: EventBody[]): Event[] {
  const { log, events } = memoryRun(asked);
  for (const body of bodies) log.question("q").emit(body);
  return [...events];
}

function replay(log: RunLog, events: readonly Event[], wanted = (_: Event) => true): void {
  for (const event of events) {
    const { at: _at, question, ...body } = event;
    if (question !== undefined && wanted(event)) log.question(question).emit(body);
  }
}

const bare = (events: readonly Event[]) => events.map(({ at: _at, ...rest }) => rest);

it("retraces what is logged, then appends", () => {
  const { log, events } = memoryRun(asked, { logged: logged(step("0.0"), step("0.1")) });
  const recorder = log.question("q");
  expect([recorder.retracing, recorder.expected()]).toEqual([true, step("0.0")]);
  recorder.emit(step("0.0"));
  expect(recorder.expected()).toEqual(step("0.1"));
  recorder.emit(step("0.1"));
  expect([recorder.retracing, recorder.expected(), events.length]).toEqual([false, undefined, 3]);
  recorder.emit(step("0.2"));
  expect(events.length).toBe(4);
});

it("ends in the same log wherever a run was cut and resumed", () => {
  fc.assert(
    fc.property(eventLog, fc.nat(), (original, place) => {
      const kept = original.slice(0, 1 + (place % original.length));
      const { log, events } = memoryRun(asked, { logged: kept });
      const told: Event[] = [];
      log.onEvent((event) => told.push(event));
      // A call that the log holds is found there and not made again.
      replay(log, original, (event) => !isCallEvent(event) || !kept.includes(event));
      const questions = [...new Set(original.map(({ question }) => question))];
      for (const question of questions.filter((id) => id !== undefined)) {
        const of = (list: readonly Event[]) => bare(list.filter((event) => event.question === question));
        const steady = (list: readonly Event[]) => of(list.filter((event) => !isCallEvent(event)));
        expect(steady(events)).toEqual(steady(original));
        expect(of(events)).toHaveLength(of(original).length);
        expect(steady(told)).toEqual(steady(original));
        expect(of(told)).toHaveLength(of(original).length);
        const usage = fold(
          foldUsage,
          original.filter((event) => event.question === question),
        );
        expect(log.question(question).usage).toEqual(usage);
      }
    }),
  );
});

it("compares without times, and takes an undefined field for one that is not there", () => {
  const { log } = memoryRun(asked, { logged: logged(step("0.0")), clock: () => 5 });
  log.question("q").emit({ ...step("0.0"), meanLogprob: undefined } as EventBody);
  expect(log.question("q").retracing).toBe(false);
});

it("lets the usage of a question differ: calls that were cancelled are made and cancelled again", () => {
  const finished = (calls: number): EventBody => ({
    ...{ type: "question-finished", stopReason: "answered" },
    usage: { ...emptyTokenUsage(), calls, byRole: {} },
  });
  const { log } = memoryRun(asked, { logged: logged(failedCall, finished(1)) });
  log.question("q").emit(failedCall);
  log.question("q").emit(finished(2));
  expect(log.question("q").retracing).toBe(false);
  const other = memoryRun(asked, { logged: logged(finished(1)) }).log.question("q");
  expect(() => other.emit({ ...finished(1), stopReason: "budget" } as EventBody)).toThrow(
    'is question-finished with stopReason "answered", expected "budget"',
  );
});

it.each([
  ["is step-added, expected backtracked", { type: "backtracked", from: "0", to: "0" }],
  ['is step-added with text "a step", expected "another"', step("0.0", "another")],
  ["is step-added with meanLogprob nothing, expected -1", { ...step("0.0"), meanLogprob: -1 }],
] as [string, EventBody][])("names the first event that differs: %s", (difference, body) => {
  const { log, events } = memoryRun(asked, { logged: logged(call(0), step("0.0")) });
  const emit = () => log.question("q").emit(body);
  expect(emit).toThrow(FailureError);
  expect(emit).toThrow(
    `the log of run ${log.id} was made by another version or setting: event 3 ${difference}`,
  );
  expect(events).toHaveLength(3);
});

it("gives back the samples of finished calls by key, and appends calls while it retraces", () => {
  const { log, events } = memoryRun(asked, { logged: logged(call(0, [0, 1]), step("0.0")) });
  const recorder = log.question("q");
  expect(recorder.loggedSample("answer", 0, 1)?.sample.text).toBe("text 1");
  expect(recorder.loggedSample("answer", 0, 1)?.call.fingerprint).toBe("f");
  expect(recorder.loggedSample("answer", 0, 2)).toBeUndefined();
  expect(recorder.loggedSample("answer", 1, 0)).toBeUndefined();
  expect(recorder.loggedSample("elsewhere", 0, 0)).toBeUndefined();
  recorder.emit(call(1));
  expect(events).toHaveLength(4);
  expect(recorder.retracing).toBe(true);
});

it("knows which tasks failed, and what failed calls cost", () => {
  const failure: EventBody = { type: "task-told", task: "0.1", outcome: "failed", error: "no server" };
  const done: EventBody = { type: "task-told", task: "0.0", outcome: "done" };
  const { log } = memoryRun(asked, { logged: logged(failedCall, failure, done, call(0)) });
  const recorder = log.question("q");
  expect(recorder.loggedFailure("0.1")).toMatchObject(failure);
  expect(recorder.loggedFailure("0.0")).toBeUndefined();
  expect(recorder.failedBefore).toMatchObject({ estimatedOutputTokens: 3, outputTokens: 0, calls: 1 });
  expect(recorder.usage).toMatchObject({ estimatedOutputTokens: 3, outputTokens: 7, calls: 2 });
});

it("tells listeners retraced events with the calls before them, in the order of the log", () => {
  const earlier = logged(call(0), step("0.0"), call(1), step("0.1"), call(2));
  const { log } = memoryRun(asked, { logged: earlier });
  const told: Event[] = [];
  const stop = log.onEvent((event) => told.push(event));
  const recorder = log.question("q");
  recorder.emit(step("0.0"));
  expect(told).toEqual(earlier.slice(1, 3));
  recorder.emit(step("0.1"));
  expect(told).toEqual(earlier.slice(1));
  recorder.emit(step("0.2"));
  expect(told).toHaveLength(6);
  stop();
  recorder.emit(step("0.3"));
  expect(told).toHaveLength(6);
});

it("keeps the questions of a run apart", () => {
  const { log, events } = memoryRun(asked);
  log.question("a").emit(step("0.0"));
  log.question("b").emit(step("0.1"));
  const resumed = memoryRun(asked, { logged: events }).log;
  resumed.question("b").emit(step("0.1"));
  expect(resumed.question("b").retracing).toBe(false);
  expect(resumed.question("a").retracing).toBe(true);
  expect(resumed.question("c").retracing).toBe(false);
  expect(resumed.question("a")).toBe(resumed.question("a"));
});
