import fc from "fast-check";
import { type EventBody, fold, foldThoughts, type Thought } from "sojourn/thought";
import { describe, expect, it } from "vitest";
import { eventLog } from "../../../../test/support/arbitraries.ts";
import { placesOf, plainThought, rowOfNode, type ThoughtRow, textOf, thoughtRows } from "./thought-rows.ts";

function thoughtOf(bodies: readonly EventBody[]): Thought {
  const events = bodies.map((body, at) => ({ ...body, at, question: "q1" }));
  const thought = fold(foldThoughts, events).get("q1");
  if (thought === undefined) throw new Error("no thought");
  return thought;
}

const step = (node: string, parent: string, text: string): EventBody => ({
  type: "step-added",
  node,
  parent,
  text,
});

const wander: EventBody[] = [
  step("0.0", "0", "12 + 7 = 19"),
  step("0.0/1", "0.0", "19 + 3 = 22, no"),
  { type: "step-pruned", node: "0.0/1", reason: "not 33" },
  step("0.1", "0", "wait, back to the numbers"),
  step("0.1/1", "0.1", "7 * 3 = 21"),
  { type: "agent-spoke", agent: "critic", text: "go on" },
  { type: "summary-written", node: "0.1/1", text: "Made 21." },
  { type: "answer-proposed", node: "0.1/1", answer: "7 * 3 + 12" },
  { type: "answer-chosen", node: "0.1/1", answer: "7 * 3 + 12", reason: "checked", checked: true },
  { type: "answer-graded", answer: "7 * 3 + 12", correct: true, reason: "33" },
];

const shown = (row: ThoughtRow): string =>
  row.kind === "return" ? `return ${row.to.id}` : `${row.kind} ${textOf(row)}`;

describe("a thought as rows", () => {
  it("tells everything that was tried in its order, with returns and voices", () => {
    expect(thoughtRows(thoughtOf(wander), "all").map(shown)).toEqual([
      "step 12 + 7 = 19",
      "step 19 + 3 = 22, no",
      "pruned not 33",
      "return 0",
      "step wait, back to the numbers",
      "step 7 * 3 = 21",
      "summary Made 21.",
      "spoke go on",
      "answer 7 * 3 + 12",
    ]);
  });

  it("tells the chosen way alone, with the numbers that its steps have among all", () => {
    const rows = thoughtRows(thoughtOf(wander), "chosen");
    expect(rows.map(shown)).toEqual([
      "step wait, back to the numbers",
      "step 7 * 3 = 21",
      "summary Made 21.",
      "answer 7 * 3 + 12",
    ]);
    expect(rows.flatMap((row) => (row.kind === "step" ? row.number : []))).toEqual([3, 4]);
  });

  it("marks what reflects, what was chosen and whether it is right", () => {
    const rows = thoughtRows(thoughtOf(wander), "all");
    const marks = rows.flatMap((row) => (row.kind === "step" ? [[row.chosen, row.reflects]] : []));
    expect(marks).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, false],
    ]);
    expect(rows.at(-1)).toMatchObject({ kind: "answer", chosen: true, correct: true });
  });

  it("can be had as plain text", () => {
    const scored: EventBody = { type: "step-scored", node: "0.1", value: 0.5, by: "judge" };
    const text = plainThought(thoughtRows(thoughtOf([...wander, scored]), "all"));
    expect(text).toBe(`12 + 7 = 19
19 + 3 = 22, no
(pruned at 0.0/1: not 33)
(back to 0)
wait, back to the numbers  [0.50]
7 * 3 = 21
(so far: Made 21.)
critic: go on
= 7 * 3 + 12`);
  });

  it("names places by depth and index, and finds the row of a node", () => {
    const thought = thoughtOf(wander);
    expect(placesOf(thought).get("0.1/1")).toBe("2,1");
    const rows = thoughtRows(thought, "all");
    expect(rowOfNode(rows, "0.1")).toBe(4);
    expect(rowOfNode(rows, "0.9")).toBe(-1);
  });

  it("of any log holds each step with a text once, in order, and in the chosen way only steps of all", () => {
    fc.assert(
      fc.property(eventLog, (events) => {
        for (const thought of fold(foldThoughts, events).values()) {
          const all = thoughtRows(thought, "all").flatMap((row) => (row.kind === "step" ? row.node.id : []));
          const added = [...thought.tree.nodes()].flatMap(({ id, text }) => (text === "" ? [] : id));
          expect(all).toEqual(added);
          const chosen = thoughtRows(thought, "chosen").filter(({ kind }) => kind === "step");
          expect(chosen.map(textOf)).toEqual(thought.steps);
        }
      }),
    );
  });
});
