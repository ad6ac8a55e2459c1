import fc from "fast-check";
import { Tree } from "sojourn/thought";
import { describe, expect, it } from "vitest";
import { diffTrees, treeOverlap } from "./tree-diff.ts";

/** A tree from pairs of a parent's number and a text; node 0 is the root. */
function treeOf(steps: readonly (readonly [number, string])[]): Tree {
  const tree = new Tree();
  const nodes = [tree.root];
  for (const [parent, text] of steps) {
    const below = nodes[parent % nodes.length] ?? tree.root;
    nodes.push(tree.add(`0.${nodes.length}`, below, text));
  }
  return tree;
}

const trees = fc
  .array(fc.tuple(fc.nat({ max: 20 }), fc.constantFrom("a", "b", "c")), { maxLength: 20 })
  .map(treeOf);

describe("two trees over each other", () => {
  it("share the steps whose texts and ways are alike", () => {
    const left = treeOf([
      [0, "try 2"],
      [1, "even"],
      [0, "try 3"],
    ]);
    const right = treeOf([
      [0, "try 3"],
      [1, "even"],
      [0, "try 2"],
    ]);
    const rows = diffTrees(left, right);
    const shown = rows.map((row) => `${row.depth} ${row.text} ${row.left ? "l" : ""}${row.right ? "r" : ""}`);
    expect(shown).toEqual(["0 try 2 lr", "1 even l", "0 try 3 lr", "1 even r"]);
    expect(treeOverlap(rows)).toEqual({ both: 2, left: 1, right: 1 });
  });

  it("hold every node of each once", () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        const rows = diffTrees(left, right);
        expect(new Set(rows.flatMap((row) => row.left ?? [])).size).toBe(left.size - 1);
        expect(new Set(rows.flatMap((row) => row.right ?? [])).size).toBe(right.size - 1);
        const { both, left: alone, right: other } = treeOverlap(rows);
        expect(both + alone).toBe(left.size - 1);
        expect(both + other).toBe(right.size - 1);
        expect(treeOverlap(diffTrees(left, left)).both).toBe(left.size - 1);
      }),
    );
  });

  it("may be chains of a hundred thousand steps", () => {
    const chain = treeOf([]);
    let at = chain.root;
    for (let step = 0; step < 100_000; step++) at = chain.add(`0.${step}`, at, `${step}`);
    expect(diffTrees(chain, new Tree())).toHaveLength(100_000);
  });
});
