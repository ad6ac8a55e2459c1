import { pathTo, type Tree, type TreeNode } from "./tree.ts";

/**
 * The shortcuts of a tree: each path from the root's child to a leaf whose answer is right, wrong turns left out.
 * In the order in which the leaves were added; empty where no answer is right.
 *
 * @param isRight called with nodes that hold an answer only
 */
export function shortcuts(tree: Tree, isRight: (leaf: TreeNode, answer: string) => boolean): TreeNode[][] {
  const paths: TreeNode[][] = [];
  for (const node of tree.nodes()) {
    if (node.answer !== undefined && isRight(node, node.answer)) paths.push(pathTo(node));
  }
  return paths;
}

/** One move of a depth-first walk. */
export type Move =
  | { kind: "visit"; node: TreeNode }
  /** From the end of a line of thought back to a node that has another child to try. */
  | { kind: "return"; from: TreeNode; to: TreeNode };

/**
 * Walks a tree depth first, as a thought that tries one step after another: each node below `start` is visited
 * once, and between the end of one line of thought and the beginning of the next stands a return to the node that
 * both share. There is no return at the end.
 *
 * @param start where the walk begins; not visited itself
 * @param trials which children of a node are tried, in order, such as a wrong one before the right one; default
 * all, oldest first. Called once for each node.
 */
export function* walkDepthFirst(
  start: TreeNode,
  trials: (node: TreeNode) => Iterable<TreeNode> = (node) => node.children,
): Generator<Move> {
  const open = [{ node: start, left: trials(start)[Symbol.iterator]() }];
  let at = start;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.left.next();
    if (next.done === true) {
      open.pop();
      continue;
    }
    if (at !== top.node) yield { kind: "return", from: at, to: top.node };
    at = next.value;
    yield { kind: "visit", node: at };
    open.push({ node: at, left: trials(at)[Symbol.iterator]() });
  }
}
