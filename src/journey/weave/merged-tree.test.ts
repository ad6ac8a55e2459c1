import fc from "fast-check";
import { expect, test } from "vitest";
import { stepsTo, Tree } from "../../thought/tree.ts";
import { madeUpTree } from "./made-up-trees.ts";
import { mergeTree, outcomesOf } from "./merged-tree.ts";

test("no two siblings say the same, and no thought is lost or made up", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const tree = madeUpTree(seed);
      const merged = mergeTree(tree);
      const thoughts = (one: Tree) =>
        new Set([...one.nodes()].map((node) => [...stepsTo(node), node.answer, node.correct].join("|")));
      expect(thoughts(merged)).toEqual(thoughts(tree));
      for (const node of merged.nodes()) {
        const said = node.children.map(({ text, answer }) => `${text}|${answer}`);
        expect(new Set(said).size).toBe(said.length);
      }
    }),
  );
});

test("counts right and wrong leaves above each of them", () => {
  const tree = new Tree();
  const step = tree.add("0.0", tree.root, "a");
  Object.assign(tree.add("0.0.0", step, "b"), { answer: "1", correct: true });
  Object.assign(tree.add("0.0.1", step, "c"), { answer: "2", correct: false });
  tree.add("0.1", tree.root, "d");
  const outcomes = outcomesOf(tree);
  expect([...outcomes.values()]).toEqual([
    { right: 1, wrong: 1 },
    { right: 1, wrong: 1 },
    { right: 1, wrong: 0 },
    { right: 0, wrong: 1 },
    { right: 0, wrong: 0 },
  ]);
});

test("a completion that begins like a proposal goes on below it", () => {
  const tree = new Tree();
  tree.add("0.0", tree.root, "a");
  const chain = tree.add("0.1", tree.root, "a");
  Object.assign(tree.add("0.1/1", chain, "b"), { answer: "2", correct: false });
  const merged = mergeTree(tree);
  expect(merged.root.children.map(({ id, children }) => [id, children.map((child) => child.text)])).toEqual([
    ["0.0", ["b"]],
  ]);
});
