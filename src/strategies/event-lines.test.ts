import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventBody } from "../thought/event.ts";
import { eventLines } from "./event-lines.ts";

const lines = (body: EventBody): string[] => eventLines({ at: 0, ...body });

test("steps, scores, voices and answers are read in plain lines, further lines indented", () => {
  expect(lines({ type: "step-added", node: "0.1", parent: "0", text: "add the tens" })).toEqual([
    "0.1: add the tens",
  ]);
  expect(lines({ type: "step-scored", node: "0.1", value: 0.75, by: "planner", reason: "plain" })).toEqual([
    "0.1: scored 0.75 by planner (plain)",
  ]);
  expect(lines({ type: "agent-spoke", agent: "planner", text: "one\ntwo" })).toEqual([
    "planner: one",
    "  two",
  ]);
  expect(lines({ type: "answer-proposed", node: "0.1", answer: "42" })).toEqual(["0.1: = 42"]);
  expect(lines({ type: "answer-chosen", answer: "42", reason: "vote 2 of 3", checked: false })).toEqual([
    "answer: 42 (vote 2 of 3)",
  ]);
});

test("what only a log needs is not shown", () => {
  expect(lines({ type: "tasks-asked", slots: 1, tasks: [] })).toEqual([]);
  expect(lines({ type: "step-added", node: "0.1", parent: "0", text: "" })).toEqual([]);
});

test("no text of a model steers the terminal", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code)) }),
      (text) => lines({ type: "agent-spoke", agent: "critic", text }).every((line) => !/\p{Cc}/u.test(line)),
    ),
  );
});
