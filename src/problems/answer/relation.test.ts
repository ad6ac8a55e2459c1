import { describe, expect, it, test } from "vitest";
import { readStructure } from "./read-structure.ts";
import { ascending, assignmentOf, chainEnds, intervalOf, type Relation } from "./relation.ts";

function relation(text: string): Relation {
  const answer = readStructure(text);
  if (answer.kind !== "relation") throw new Error(`${text} is a ${answer.kind}`);
  return answer;
}

describe("an assignment", () => {
  test.each([
    ["x = 5", "x", "5"],
    ["f(x) = 2x", "f", "2x"],
    ["f'(x) = 2x", "f'", "2x"],
    ["a_{10} = 7", "a_10", "7"],
    ["\\angle ABC = 30", "\\angleABC", "30"],
    ["\\theta = 1", "\\theta", "1"],
    ["x = 1 + 1 = 2", "x", "2"],
    ["x = \\frac13 \\approx 0.33", "x", "\\frac13"],
  ])("%s gives %s the value %s", (text, name, value) => {
    expect(assignmentOf(relation(text))).toEqual({ name, value: { kind: "leaf", text: value } });
  });

  test.each(["x + y = 0", "2x = 4", "x < 5", "5 = x + y"])("is not %s", (text) => {
    expect(assignmentOf(relation(text))).toBeUndefined();
  });
});

describe("an interval", () => {
  test.each([
    ["1 < x \\le 2", "(", "1", "2", "]"],
    ["2 \\ge x > 1", "(", "1", "2", "]"],
    ["x > 3", "(", "3", "\\infty", ")"],
    ["3 \\ge x", "(", "-\\infty", "3", "]"],
    ["x < 3", "(", "-\\infty", "3", ")"],
  ])("is read from %s", (text, open, from, to, close) => {
    expect(intervalOf(relation(text))).toMatchObject({ open, close, parts: [{ text: from }, { text: to }] });
  });

  test.each(["1 < x > 2", "x = 3", "2x < 3", "1 < 2x < 3", "x \\ne 1"])("is not %s", (text) => {
    expect(intervalOf(relation(text))).toBeUndefined();
  });
});

it("turns a descending chain round, and leaves a mixed one alone", () => {
  expect(ascending(relation("3 > x \\ge 1"))).toEqual({ texts: ["1", "x", "3"], signs: ["\\le", "<"] });
  expect(ascending(relation("1 < x > 0")).signs).toEqual(["<", ">"]);
});

it("finds the ends of a chain of equal values", () => {
  const ends = (text: string) =>
    chainEnds(relation(text)).map((end) => (end.kind === "leaf" ? end.text : end.kind));
  expect(ends("\\frac12 + \\frac12 = 1")).toEqual(["1"]);
  expect(ends("\\sqrt 2 \\approx 1.41")).toEqual(["\\sqrt 2", "1.41"]);
  expect(ends("1 + 1 = 2 \\approx 2.0 \\approx 1.9")).toEqual(["2", "1.9"]);
  expect(ends("1 < 2")).toEqual([]);
});
