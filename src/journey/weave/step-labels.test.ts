import { expect, test } from "vitest";
import { Tree, type TreeNode } from "../../thought/tree.ts";
import { stepLabelLineSchema } from "../dataset.ts";
import { gradedThought } from "./made-up-trees.ts";
import { stepLabelsOf } from "./step-labels.ts";

/** A grown tree `a -> b (answer)`, `a -> c` given up, with completions of `a` and `c` that come to these answers. */
function completedTree(ofA: (string | undefined)[], ofC: (string | undefined)[]) {
  const tree = new Tree();
  const a = tree.add("0.0", tree.root, "a");
  Object.assign(tree.add("0.0.0", a, "b"), { answer: "1", correct: true });
  const c = Object.assign(tree.add("0.0.1", a, "c"), { pruned: "not among the best 1" });
  Object.assign(tree.add("0.0.2", a, "c"), { pruned: "repeats 0.0.1" });
  const completions = new Set<string>();
  const complete = (node: TreeNode, first: number, answers: (string | undefined)[]): void => {
    for (const [index, answer] of answers.entries()) {
      const id = `${node.id}.${first + index}`;
      completions.add(id);
      const end = tree.add(`${id}/1`, tree.add(id, node, "d"), "e");
      if (answer !== undefined) Object.assign(end, { answer, correct: answer === "1" });
    }
  };
  complete(a, 3, ofA);
  complete(c, 0, ofC);
  return { ...gradedThought(tree), completions };
}

test("labels each step of each grown thought by what its completions come to", () => {
  const lines = stepLabelsOf(completedTree(["1", "2", undefined, "2"], ["2", "2"]));
  expect(stepLabelLineSchema.array().parse(lines)).toMatchObject([
    {
      steps: ["a", "b"],
      hard: [1, 1],
      soft: [0.25, 1],
      completions: [4, 1],
      answer: "1",
      correct: true,
      gold: "1",
    },
    { steps: ["a", "c"], hard: [1, 0], soft: [0.25, 0], completions: [4, 2] },
  ]);
});

test("says what to do where nothing was completed", () => {
  const { completions: _none, ...graded } = completedTree([], []);
  const tree = new Tree();
  tree.add("0.0", tree.root, "a");
  expect(stepLabelsOf({ ...gradedThought(tree) })).toEqual({
    fault: "no step was completed; grow with --completions",
  });
  // A step that lost all of its completions has no label, and neither has a thought with it.
  expect(stepLabelsOf({ ...graded, completions: new Set() })).toEqual({
    fault: "no step was completed; grow with --completions",
  });
});
