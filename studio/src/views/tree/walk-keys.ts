import { pathTo, type Tree, type TreeNode } from "sojourn/thought";
import type { Grows } from "./scene.ts";

/** Where a key moves the cursor. */
export type Move = "parent" | "child" | "previous" | "next" | "step-on" | "step-back";

/** The move that an arrow key means: away from the root, back to it, and to the sides. */
export function moveOfArrow(key: string, grows: Grows): Move | undefined {
  const moves: Readonly<Record<string, Move>> =
    grows === "down"
      ? { ArrowDown: "child", ArrowUp: "parent", ArrowLeft: "previous", ArrowRight: "next" }
      : { ArrowRight: "child", ArrowLeft: "parent", ArrowUp: "previous", ArrowDown: "next" };
  return moves[key];
}

/**
 * The node to which a move leads; the one it stands on where there is none. Sideways leads to the neighbour of the same
 * depth, also below another parent; `step-on` and `step-back` walk all nodes depth first, as the thought is read.
 */
export function moved(tree: Tree, from: string | undefined, move: Move): TreeNode {
  const node = from === undefined ? undefined : tree.find(from);
  if (node === undefined) return tree.root;
  switch (move) {
    case "parent":
      return node.parent ?? node;
    case "child":
      return node.children[0] ?? node;
    case "next":
      return neighbour(node, 1) ?? node;
    case "previous":
      return neighbour(node, -1) ?? node;
    case "step-on":
      return node.children[0] ?? nextBranch(node) ?? node;
    case "step-back":
      return lastBelow(sibling(node, -1)) ?? node.parent ?? node;
  }
}

/** The next leaf with an answer behind `from`, in the order in which answers came; from the first again at the end. */
export function nextAnswer(tree: Tree, from: string | undefined, by: 1 | -1): TreeNode | undefined {
  const leaves = [...tree.nodes()].filter(({ answer }) => answer !== undefined);
  const at = leaves.findIndex(({ id }) => id === from);
  const next = at === -1 ? (by === 1 ? 0 : leaves.length - 1) : (at + by + leaves.length) % leaves.length;
  return leaves[next];
}

function sibling(node: TreeNode, by: 1 | -1): TreeNode | undefined {
  const siblings = node.parent?.children ?? [];
  return siblings[siblings.indexOf(node) + by];
}

function nextBranch(node: TreeNode): TreeNode | undefined {
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    const next = sibling(at, 1);
    if (next !== undefined) return next;
  }
  return undefined;
}

function lastBelow(node: TreeNode | undefined): TreeNode | undefined {
  let at = node;
  for (let child = at?.children.at(-1); child !== undefined; child = at?.children.at(-1)) at = child;
  return at;
}

/** The nearest node of the same depth to one side. */
function neighbour(node: TreeNode, by: 1 | -1): TreeNode | undefined {
  for (const above of [node, ...pathTo(node).reverse().slice(1)]) {
    for (let beside = sibling(above, by); beside !== undefined; beside = sibling(beside, by)) {
      const found = atDepth(beside, node.depth, by);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The outermost node of a depth below `node`, the nearest to where one comes from. */
function atDepth(node: TreeNode, depth: number, by: 1 | -1): TreeNode | undefined {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth === depth) return next;
    const children = by === 1 ? [...next.children].reverse() : next.children;
    open.push(...children);
  }
  return undefined;
}
