import { expect, it } from "vitest";
import { latestScore, pathTo, ROOT, stepsTo, Tree } from "./tree.ts";

it("starts with a root that is no step", () => {
  const tree = new Tree();
  expect([tree.size, tree.root.id, tree.root.depth]).toEqual([1, ROOT, 0]);
  expect(pathTo(tree.root)).toEqual([]);
});

it("gives the steps from the root down to a node", () => {
  const tree = new Tree();
  const first = tree.add("0.0", tree.root, "first");
  const second = tree.add("0.0.0", first, "second");
  tree.add("0.1", tree.root, "elsewhere");
  expect(stepsTo(second)).toEqual(["first", "second"]);
  expect(second.depth).toBe(2);
  expect([...tree.nodes()].map(({ id }) => id)).toEqual(["0", "0.0", "0.0.0", "0.1"]);
});

it("refuses a second node with one id, and a node that is not there", () => {
  const tree = new Tree();
  tree.add("0.0", tree.root, "first");
  expect(() => tree.add("0.0", tree.root, "again")).toThrow("in the tree already");
  expect(() => tree.get("0.9")).toThrow("no node 0.9");
  expect(tree.find("0.9")).toBeUndefined();
});

it("takes the newest score of a node", () => {
  const { root } = new Tree();
  expect(latestScore(root)).toBeUndefined();
  root.scores.push({ value: 0, by: "vote" }, { value: 1, by: "checker" });
  expect(latestScore(root)?.by).toBe("checker");
});
