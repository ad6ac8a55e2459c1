import { describe, expect, it, test } from "vitest";
import { compareAnswers } from "./compare-answer.ts";
import { TooHardError } from "./limits.ts";
import { readStructure } from "./read-structure.ts";
import type { Comparison, Verdict } from "./verdict.ts";

function compare(gold: string, prediction: string, more: Partial<Comparison> = {}): Verdict {
  const comparison: Comparison = {
    ...{ precision: 6, strict: true, allowSetRelations: false, ordered: false, engine: undefined },
    ...{ undecided: false, left: 3_000, ...more },
  };
  return compareAnswers(readStructure(gold), readStructure(prediction), comparison);
}

describe("two answers of several parts", () => {
  test.each([
    ["(1,2)", "(2,1)", "part 1: the values differ"],
    ["(1,2)", "(1,2]", "the brackets differ"],
    ["(1,2)", "(1,2,3)", "2 parts are not 3"],
    ["(1,2)\\cup(3,4)", "(1,2)\\cap(3,4)", "one is a union, the other is not"],
    ["\\{1,2\\}", "\\{1,3\\}", "part 2 of the gold answer is not there"],
    ["\\{1,2\\}", "(1,2)", "a list of 2 is not a tuple or interval"],
    ["1,2", "1", "a list of 2 is not a single value"],
    [
      "\\begin{pmatrix}1&2\\end{pmatrix}",
      "\\begin{pmatrix}1\\\\2\\end{pmatrix}",
      "the matrices have different shapes",
    ],
    ["\\begin{pmatrix}1&2\\end{pmatrix}", "(1,2)", "a matrix is not a tuple or interval"],
    ["x+y=2", "3", "the gold answer is a relation, the prediction is none"],
    ["7", "x+y=7", "the prediction is a relation, the gold answer is none"],
  ])("%s and %s: %s", (gold, prediction, reason) => {
    expect(compare(gold, prediction)).toEqual({ equal: false, reason });
  });

  test.each([
    ["(2,3]\\cup(0,1)", "(0,1)\\cup(2,3]"],
    ["A\\setminus B", "A\\setminus B"],
    ["\\{3\\}", "3"],
    ["3", "\\{3\\}"],
    ["\\{1\\pm\\sqrt{5},-2\\}", "-2,1-\\sqrt{5},1+\\sqrt{5}"],
    ["1,1,2", "2,1"],
    ["x\\in(1,2)", "(1,2)"],
    ["(p,q)=(1,2)", "(1,2)"],
    ["1", "\\frac12+\\frac12=1"],
    ["x=\\frac{1}{3}\\approx0.33", "\\frac13"],
    ["1<x\\le2", "2\\ge x>1"],
    ["\\sqrt{2}", "\\sqrt{2}\\approx1.41"],
    ["1.41", "\\sqrt{2}\\approx1.41"],
  ])("%s is %s", (gold, prediction) => {
    expect(compare(gold, prediction)).toMatchObject({ equal: true });
  });

  it("keep the order of plain lists where that is asked for, but not of sets", () => {
    expect(compare("1,2", "2,1").equal).toBe(true);
    expect(compare("1,2", "2,1", { ordered: true }).equal).toBe(false);
    expect(compare("\\{1,2\\}", "2,1", { ordered: true }).equal).toBe(true);
  });

  it("do not keep the order of a set without element", () => {
    expect(compare("\\emptyset", "\\{\\}").equal).toBe(true);
    expect(compare("\\emptyset", "0").equal).toBe(false);
    expect(compare("\\emptyset", "\\{0\\}").equal).toBe(false);
  });
});

it("takes a relation for the set that it describes in the gold answer alone, unless that is asked for", () => {
  expect(compare("1<x<2", "(1,2)").equal).toBe(true);
  expect(compare("(1,2)", "1<x<2").equal).toBe(false);
  expect(compare("(1,2)", "1<x<2", { allowSetRelations: true }).equal).toBe(true);
  expect(compare("x\\in(1,2)", "1<x<2", { allowSetRelations: true }).equal).toBe(true);
});

it("gives up above a number of single comparisons", () => {
  const list = (from: number) => Array.from({ length: 60 }, (_, index) => `x+${from + index}`).join(",");
  expect(() => compare(list(0), list(100), { left: 50 })).toThrow(TooHardError);
});
