import { expect, it } from "vitest";
import type { Event, EventBody } from "./event.ts";
import { fold } from "./fold.ts";
import { emptyThought, foldThoughts } from "./fold-thought.ts";
import { emptyTokenUsage } from "./usage.ts";

const thoughtOf = (...bodies: EventBody[]) => {
  const events: Event[] = bodies.map((body, at) => ({ at, question: "q", ...body }));
  return fold(foldThoughts, events).get("q") ?? emptyThought();
};

const step = (node: string, parent: string): EventBody => ({
  type: "step-added",
  node,
  parent,
  text: `step ${node}`,
});

it("gives the chosen path, the answer and why the question ended", () => {
  const thought = thoughtOf(
    { type: "question-started", text: { id: "q", text: "2 + 2?" } },
    { type: "strategy-chosen", strategy: "best-of-n", settings: {}, reason: "asked for" },
    step("0.0", "0"),
    step("0.1", "0"),
    { type: "step-added", node: "0.0/1", parent: "0.0", text: "" },
    { type: "answer-proposed", node: "0.0/1", answer: "4" },
    { type: "answer-chosen", node: "0.0/1", answer: "4", reason: "vote 1 of 1", checked: true },
    { type: "warning-raised", text: "no log-probabilities" },
    { type: "question-finished", stopReason: "answered", usage: { ...emptyTokenUsage(), byRole: {} } },
  );
  expect(thought).toMatchObject({
    question: { text: "2 + 2?" },
    strategy: "best-of-n",
    steps: ["step 0.0"],
    answer: "4",
    node: "0.0/1",
    reason: "vote 1 of 1",
    checked: true,
    stopReason: "answered",
    warnings: ["no log-probabilities"],
  });
});

it("marks a return wherever a step does not follow the one before it", () => {
  const { walk } = thoughtOf(step("0.0", "0"), step("0.0.0", "0.0"), step("0.1", "0"), step("0.1.0", "0.1"));
  expect(walk).toEqual([
    { kind: "step", node: "0.0", text: "step 0.0" },
    { kind: "step", node: "0.0.0", text: "step 0.0.0" },
    { kind: "returned", from: "0.0.0", to: "0", declared: false },
    { kind: "step", node: "0.1", text: "step 0.1" },
    { kind: "step", node: "0.1.0", text: "step 0.1.0" },
  ]);
});

it("keeps a return that the strategy declared and adds none of its own to it", () => {
  const { walk } = thoughtOf(
    step("0.0", "0"),
    { type: "step-pruned", node: "0.0", reason: "a dead end" },
    { type: "backtracked", from: "0.0", to: "0" },
    { type: "agent-spoke", agent: "critic", text: "try the other way" },
    step("0.1", "0"),
    { type: "answer-proposed", node: "0.1", answer: "4" },
  );
  expect(walk).toEqual([
    { kind: "step", node: "0.0", text: "step 0.0" },
    { kind: "pruned", node: "0.0", reason: "a dead end" },
    { kind: "returned", from: "0.0", to: "0", declared: true },
    { kind: "spoke", agent: "critic", text: "try the other way" },
    { kind: "step", node: "0.1", text: "step 0.1" },
    { kind: "answer", node: "0.1", answer: "4" },
  ]);
});

it("counts answers that are written alike as one candidate", () => {
  const { candidates } = thoughtOf(
    { type: "answer-proposed", node: "0.0", answer: "4" },
    { type: "answer-proposed", node: "0.1", answer: "5" },
    { type: "answer-proposed", node: "0.2", answer: "4" },
    { type: "answer-proposed", node: "0.2", answer: "4" },
  );
  expect(candidates).toEqual([
    { answer: "4", nodes: ["0.0", "0.2"] },
    { answer: "5", nodes: ["0.1"] },
  ]);
});

it("has no steps where the answer has no place in a tree", () => {
  const thought = thoughtOf({ type: "answer-chosen", answer: "4", reason: "asked once", checked: false });
  expect(thought).toMatchObject({ answer: "4", steps: [] });
});

it("marks where a thought was cut, and keeps the summaries of its stages", () => {
  const thought = thoughtOf(
    step("0.0", "0"),
    { type: "thought-cut", node: "0.0", reason: "1 line repeated 9 times" },
    { type: "summary-written", node: "0.0", text: "It looks at the units." },
    step("0.1", "0"),
    { type: "summary-written", node: "0.1", text: "It begins anew." },
  );
  expect(thought.walk.slice(0, 3)).toEqual([
    { kind: "step", node: "0.0", text: "step 0.0" },
    { kind: "cut", node: "0.0", reason: "1 line repeated 9 times" },
    { kind: "returned", from: "0.0", to: "0", declared: false },
  ]);
  expect(thought.tree.get("0.0").cut).toBe("1 line repeated 9 times");
  expect(thought.summaries).toEqual([
    { node: "0.0", text: "It looks at the units." },
    { node: "0.1", text: "It begins anew." },
  ]);
});

it("says of the thought and of its leaves whether they are right, once they are graded", () => {
  const chosen: EventBody[] = [
    step("0.0", "0"),
    step("0.1", "0"),
    { type: "answer-chosen", node: "0.1", answer: "4", reason: "vote", checked: false },
  ];
  const thought = thoughtOf(...chosen, { type: "answer-graded", answer: "4", correct: true, reason: "same" });
  expect(thought.correct).toBe(true);
  expect(thought.tree.get("0.1").correct).toBe(true);
  expect(thought.tree.get("0.0").correct).toBeUndefined();
  const wrong: EventBody = {
    type: "answer-graded",
    node: "0.0",
    answer: "5",
    correct: false,
    reason: "5 ≠ 4",
  };
  const grown = thoughtOf(...chosen, wrong);
  expect(grown.correct).toBeUndefined();
  expect(grown.tree.get("0.0").correct).toBe(false);
});
