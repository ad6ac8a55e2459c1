import { describe, expect, test } from "vitest";
import type { Problem } from "../../problems/problem.ts";
import { Tree } from "../../thought/tree.ts";
import type { GradedRun } from "../read-trees.ts";
import { gradedThought } from "../weave/made-up-trees.ts";
import { distilledLines } from "./distilled-lines.ts";
import { filterProblems, filterRules } from "./filter-problems.ts";

const problem = (text: string, gold: string): Problem => ({
  ...{ question: { id: text, text }, gold, family: "math", difficulty: 0, source: "own" },
});

describe("the rules for problems", () => {
  test.each([
    ["images", "What is the area? ![](figure.png)", "3"],
    ["images", "[asy] draw((0,0)--(1,1)); [/asy] Find $x$.", "3"],
    ["images", "Find the angle in the diagram below.", "30"],
    ["proofs", "Prove that there are infinitely many primes.", "1"],
    ["proofs", "Let $n$ be even. Show that $n^2$ is even.", "1"],
    ["unlabelled", "How many?", " "],
    ["no-number", "Factor $x^2 - 1$.", "(x-1)(x+1)"],
    ["no-number", "Which city?", "\\text{Paris}"],
    ["no-number", "For which x?", "(1, 2)"],
  ])("%s drops: %s", (rule, text, gold) => {
    expect(filterProblems([problem(text, gold)], filterRules).dropped).toEqual({ [rule]: 1 });
  });

  test.each(["7", "-3.5", "\\frac{3}{4}", "2\\sqrt{3}", "x = 4", "1{,}000", "\\pi", "3^{10}"])(
    "%s is a number",
    (gold) => {
      expect(
        filterProblems([problem("How many? Improve the graph paper.", gold)], filterRules).dropped,
      ).toEqual({});
    },
  );

  test("only those that are named count", () => {
    const problems = [problem("Prove it.", "1"), problem("Which?", "Paris")];
    expect(filterProblems(problems, ["proofs"]).problems).toEqual([problems[1]]);
    expect(filterProblems(problems, []).problems).toEqual(problems);
  });
});

test("keeps right thoughts that can be seen, each once and so many of a problem, and counts the others", () => {
  const treeOf = (...samples: [string, string, boolean][]): Tree => {
    const tree = new Tree();
    for (const [index, [text, answer, correct]] of samples.entries())
      Object.assign(tree.add(`0.${index}`, tree.root, text), { answer, correct });
    return tree;
  };
  const trees = [
    treeOf(
      ["one", "1", true],
      ["one", "1", true],
      ["<think>\ntwo\n\n  more\n</think>", "1", true],
      ["three", "1", true],
    ),
    treeOf(["wrong", "2", false]),
    treeOf(["", "1", true]),
  ];
  const thoughts = trees.map((tree, index) => ({ ...gradedThought(tree), id: `q${index}` }));
  const run: Pick<GradedRun, "thoughts" | "ungraded" | "id"> = { id: "r", thoughts, ungraded: 2 };
  const { lines, skipped } = distilledLines(run, 2);
  expect(lines.map(({ id, thought }) => [id, thought])).toEqual([
    ["q0/0", ["one"]],
    ["q0/1", ["two", "more"]],
  ]);
  expect(skipped).toEqual({
    "no sample is right": 1,
    "no right sample shows its thinking": 1,
    "the teacher could not be reached or does not know its kind": 2,
  });
});
