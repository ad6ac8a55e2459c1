import { expect, test } from "vitest";
import { Tree } from "../thought/tree.ts";
import { aggregateScore } from "./aggregate.ts";

function path(...values: (number | undefined)[]) {
  const tree = new Tree();
  let node = tree.root;
  for (const [depth, value] of values.entries()) {
    node = tree.add(`${depth}`.padStart(depth + 2, "x"), node, "step");
    if (value !== undefined) node.scores.push({ value, by: "test" });
  }
  return node;
}

test("makes one score of those along a path", () => {
  const node = path(0.5, 0.25, 0.75);
  expect(aggregateScore(node, "min")).toBe(0.25);
  expect(aggregateScore(node, "product")).toBe(0.09375);
  expect(aggregateScore(node, "mean")).toBe(0.5);
  expect(aggregateScore(node, "last")).toBe(0.75);
});

test("passes over steps without a score and takes the newest of several", () => {
  const node = path(0.5, undefined, 0.1);
  node.scores.push({ value: 1, by: "again" });
  expect(aggregateScore(node, "mean")).toBe(0.75);
});

test("has nothing to say of a thought whose last step is not scored", () => {
  expect(aggregateScore(path(0.5, undefined), "min")).toBeUndefined();
});
