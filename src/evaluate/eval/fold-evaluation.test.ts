import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventLog } from "../../../test/support/arbitraries.ts";
import type { Event, EventBody } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { type EvaluationRecord, foldEvaluation, recordsOf } from "./fold-evaluation.ts";

const session = (startedAt: number, firstLine: number) => ({
  startedAt: new Date(startedAt).toISOString(),
  firstLine,
});

function recordsIn(events: readonly Event[], sessions = [session(0, 1)]): EvaluationRecord[] {
  return recordsOf(fold(foldEvaluation(sessions, "nano"), events));
}

const usage = {
  inputTokens: 3,
  outputTokens: 4,
  reasoningTokens: 1,
  estimatedOutputTokens: 2,
  calls: 1,
  costUsd: 0.5,
};
const call: EventBody = {
  ...{ type: "call-failed", site: "s", occurrence: 0, fingerprint: "", role: "policy", model: "m" },
  ...{ wallMs: 0, usage, outcome: "cancelled", error: "stopped" },
};
const graded: EventBody = { type: "answer-graded", answer: "7", correct: true, reason: "the same text" };

/** One question thought about from `at` on, an event a millisecond. */
function story(problem: string, at = 0, sample = 0): Event[] {
  const id = `${problem}#${sample}`;
  const bodies: EventBody[] = [
    { type: "question-started", text: { id, text: "How many?" } },
    { type: "strategy-chosen", strategy: "vote", settings: {}, reason: "" },
    call,
    { type: "step-added", node: "0.0", parent: "0", text: "so seven" },
    { type: "answer-proposed", node: "0.0", answer: "7" },
    { type: "step-scored", node: "0.0", value: 0.25, by: "vote" },
    { type: "answer-chosen", node: "0.0", answer: "7", reason: "only answer", checked: false },
    { type: "question-finished", stopReason: "answered", usage: foldUsage.start() },
    { type: "problem-revealed", problem, sample, source: "own", family: "own", gold: "7", tags: {} },
    graded,
  ];
  return bodies.map((body, place) => ({ at: at + place, question: id, ...body }));
}

describe("the records of an evaluation's log", () => {
  test("hold what a question was, what was thought and what it cost", () => {
    expect(recordsIn(story("own/1"))).toEqual([
      {
        ...{
          problem: "own/1",
          sample: 0,
          source: "own",
          family: "own",
          tags: {},
          text: "How many?",
          gold: "7",
        },
        ...{ answer: "7", correct: true, reason: "the same text", failed: false, stopReason: "answered" },
        ...{ reward: 0.25, inputTokens: 3, outputTokens: 6, estimatedOutputTokens: 2, reasoningTokens: 1 },
        ...{ calls: 1, costUsd: 0.5, wallMs: 7, strategy: "vote", model: "nano", thought: "so seven" },
      },
    ]);
  });

  test("are in the natural order of problems and samples, whatever the log's order", () => {
    const stories = ["own/10", "own/9", "own/09", "own/2"].flatMap((id) => [
      story(id, 0, 1),
      story(id, 0, 0),
    ]);
    const ids = (list: Event[][]) =>
      recordsIn(list.flat()).map(({ problem, sample }) => `${problem}#${sample}`);
    expect(ids(stories)).toEqual([
      ...["own/2#0", "own/2#1", "own/09#0", "own/09#1", "own/9#0", "own/9#1", "own/10#0", "own/10#1"],
    ]);
    expect(ids([...stories].reverse())).toEqual(ids(stories));
  });

  test("count a call that was stopped behind the answer, and no time between sessions", () => {
    const events = story("own/1");
    const later = events.map((event, place) => (place < 4 ? event : { ...event, at: event.at + 3_600_000 }));
    const late: Event = { at: 3_600_020, question: "own/1#0", ...call };
    const [record] = recordsIn([...later, late], [session(0, 1), session(3_600_004, 5)]);
    expect(record).toMatchObject({ calls: 2, inputTokens: 6, wallMs: 3 + 3 });
  });

  test("take only the chosen answer's verdict, not those of a tree's leaves, and nothing that is not graded", () => {
    const leaf: Event = {
      at: 9,
      question: "own/1#0",
      type: "answer-graded",
      node: "0.0",
      correct: false,
      reason: "",
    };
    expect(recordsIn([...story("own/1").slice(0, -1), leaf])).toEqual([]);
    expect(
      recordsIn([...story("own/1").slice(0, -1), leaf, { at: 9, question: "own/1#0", ...graded }]),
    ).toHaveLength(1);
  });

  test("keep the newest thought of a question that came to no answer", () => {
    const kept = story("own/1").filter(({ type }) => !/^answer-|^question-finished/.test(type));
    const failed: Event = {
      at: 20,
      question: "own/1#0",
      type: "answer-graded",
      correct: false,
      reason: "the server is gone",
    };
    expect(recordsIn([...kept, failed])).toMatchObject([
      { failed: true, correct: false, answer: undefined, reason: "the server is gone", thought: "so seven" },
    ]);
  });

  test("can be read from any events at all, and those read so far stay the same", () => {
    fc.assert(
      fc.property(eventLog, fc.nat(), (events, cut) => {
        const all = [...story("own/1"), ...events];
        const part = recordsIn(all.slice(0, 10 + (cut % (events.length + 1))));
        const whole = recordsIn(all);
        expect(whole.filter(({ problem }) => problem === "own/1")).toHaveLength(1);
        expect(part.length).toBeLessThanOrEqual(whole.length);
      }),
      { seed: 5 },
    );
  });
});
