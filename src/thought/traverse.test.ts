import fc from "fast-check";
import { expect, it } from "vitest";
import { type Move, shortcuts, walkDepthFirst } from "./traverse.ts";
import { Tree, type TreeNode } from "./tree.ts";

/** A tree whose n-th node hangs below one of the nodes before it. */
const anyTree = fc.array(fc.nat(), { maxLength: 25 }).map((picks) => {
  const tree = new Tree();
  for (const pick of picks) {
    const nodes = [...tree.nodes()];
    const parent = nodes[pick % nodes.length] ?? tree.root;
    tree.add(`${parent.id}.${parent.children.length}`, parent, `step ${nodes.length}`);
  }
  return tree;
});

const told = (moves: Iterable<Move>): string[] =>
  [...moves].map((move) => (move.kind === "visit" ? move.node.id : `${move.from.id} back to ${move.to.id}`));

function grown(...ids: string[]): Tree {
  const tree = new Tree();
  for (const id of ids) tree.add(id, tree.get(id.slice(0, id.lastIndexOf("."))), id);
  return tree;
}

it("walks down one line of thought and returns to where the next one begins", () => {
  const tree = grown("0.0", "0.0.0", "0.0.0.0", "0.0.1", "0.1");
  expect(told(walkDepthFirst(tree.root))).toEqual([
    "0.0",
    "0.0.0",
    "0.0.0.0",
    "0.0.0.0 back to 0.0",
    "0.0.1",
    "0.0.1 back to 0",
    "0.1",
  ]);
});

it("tries only the children it is told to, in that order", () => {
  const tree = grown("0.0", "0.1", "0.2", "0.2.0");
  const trials = (node: TreeNode) =>
    node === tree.root ? [tree.get("0.2"), tree.get("0.0")] : node.children;
  expect(told(walkDepthFirst(tree.root, trials))).toEqual(["0.2", "0.2.0", "0.2.0 back to 0", "0.0"]);
});

it("visits every node of any tree once, each right after its parent or after a return to it", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const visited: TreeNode[] = [];
      let at = tree.root;
      for (const move of walkDepthFirst(tree.root)) {
        if (move.kind === "return") {
          expect(move.from).toBe(at);
          at = move.to;
        } else {
          expect(move.node.parent).toBe(at);
          at = move.node;
          visited.push(at);
        }
      }
      expect(new Set(visited).size).toBe(visited.length);
      expect(visited.length).toBe(tree.size - 1);
    }),
  );
});

it("walks a chain of a hundred thousand steps", () => {
  const tree = new Tree();
  let node = tree.root;
  for (let depth = 0; depth < 100_000; depth++) node = tree.add(`n${depth}`, node, "");
  let moves = 0;
  for (const _ of walkDepthFirst(tree.root)) moves++;
  expect(moves).toBe(100_000);
});

it("finds each path to a right answer, and only those", () => {
  const tree = grown("0.0", "0.1", "0.1.0", "0.1.1");
  tree.get("0.0").answer = "5";
  tree.get("0.1.0").answer = "4";
  tree.get("0.1.1").answer = "4";
  const paths = shortcuts(tree, (_, answer) => answer === "4");
  expect(paths.map((path) => path.map(({ id }) => id))).toEqual([
    ["0.1", "0.1.0"],
    ["0.1", "0.1.1"],
  ]);
});
