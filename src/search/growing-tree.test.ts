import { expect, test } from "vitest";
import { GrowingTree } from "./growing-tree.ts";

const task = { id: "0.3", node: "0" };

test("adds the steps of a proposal as a chain that begins with the task's id and ends in the answer", () => {
  const growing = new GrowingTree();
  const { leaf, changes } = growing.add(task, { steps: ["a", "b"], answer: "7", meanLogprob: -0.5 });
  expect(leaf).toBe(growing.tree.get("0.3/1"));
  expect(leaf).toMatchObject({ depth: 2, text: "b", answer: "7", meanLogprob: -0.5 });
  expect(changes).toEqual([
    { type: "step-added", node: "0.3", parent: "0", text: "a", meanLogprob: -0.5 },
    { type: "step-added", node: "0.3/1", parent: "0.3", text: "b", meanLogprob: -0.5 },
    { type: "answer-proposed", node: "0.3/1", answer: "7" },
  ]);
});

test("gives an answer without steps a leaf with an empty text", () => {
  const { leaf } = new GrowingTree().add(task, { steps: [], answer: "7" });
  expect(leaf).toMatchObject({ id: "0.3", text: "", answer: "7" });
});

test("leaves the tree as it is for a proposal without step and answer", () => {
  const growing = new GrowingTree();
  expect(growing.add(task, { steps: [] })).toEqual({ leaf: undefined, changes: [] });
  expect(growing.tree.size).toBe(1);
});

test("says at the last node that stays where a proposal was cut, at the parent if nothing stayed", () => {
  const growing = new GrowingTree();
  const { changes } = growing.add(task, { steps: ["a", "b"], answer: "7", cut: "1 word repeated 40 times" });
  expect(changes.slice(2)).toEqual([
    { type: "thought-cut", node: "0.3/1", reason: "1 word repeated 40 times" },
    { type: "answer-proposed", node: "0.3/1", answer: "7" },
  ]);
  expect(growing.tree.get("0.3/1").cut).toBe("1 word repeated 40 times");
  const nothing = growing.add({ id: "0.4", node: "0" }, { steps: [], cut: "it fell apart" });
  expect(nothing).toEqual({
    leaf: undefined,
    changes: [{ type: "thought-cut", node: "0", reason: "it fell apart" }],
  });
});

test("scores and prunes a node and reports both", () => {
  const growing = new GrowingTree();
  const node = growing.tree.root;
  expect(growing.score(node, { value: 0.5, by: "test" })).toEqual([
    { type: "step-scored", node: "0", value: 0.5, by: "test" },
  ]);
  expect(growing.prune(node, "too long")).toEqual([{ type: "step-pruned", node: "0", reason: "too long" }]);
  expect(node).toMatchObject({ scores: [{ value: 0.5 }], pruned: "too long" });
});
