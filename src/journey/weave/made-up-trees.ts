import { proposalId } from "../../search/node-id.ts";
import { emptyThought } from "../../thought/fold-thought.ts";
import { Random } from "../../thought/random.ts";
import { Tree, type TreeNode } from "../../thought/tree.ts";
import type { GradedThought } from "../read-trees.ts";

/** A made-up graded tree for the tests of weaving: steps repeat, some are given up, leaves are right or wrong by lot. */
export function madeUpTree(seed: number): Tree {
  const random = new Random(seed);
  const tree = new Tree();
  const grow = (node: TreeNode): void => {
    const width = random.integer(node.depth === 0 ? 1 : 0, 3);
    for (let ordinal = 0; ordinal < width; ordinal++) {
      const child = tree.add(
        proposalId(node.id, ordinal),
        node,
        `step ${random.integer(1, 9)} of ${node.depth}`,
      );
      if (random.chance(0.7))
        child.scores.push({ value: random.next(), by: random.pick(["judge", "likelihood"]), reason: "off" });
      if (node.depth >= 2 && random.chance(0.5)) {
        child.answer = String(random.integer(1, 4));
        child.correct = child.answer === "1";
      } else if (random.chance(0.2)) child.pruned = "not among the best 2";
      else if (node.depth < 5) grow(child);
    }
  };
  grow(tree.root);
  return tree;
}

/** The thought of a made-up question with this tree. */
export function gradedThought(
  tree: Tree,
  more: Partial<GradedThought["thought"]> = {},
  problem = "maze",
): GradedThought {
  const revealed = { problem, sample: 0, source: "gym", family: "maze", gold: "1", tags: {} };
  return {
    ...{ id: "q", run: "run", question: { id: "q", text: "Which way?" } },
    problem: { type: "problem-revealed", ...revealed },
    thought: { ...emptyThought(), strategy: "grow", tree, ...more },
    completions: new Set(),
  };
}
