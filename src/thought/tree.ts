/** One score that a reward gave to a node. */
export interface Score {
  /** In [0, 1]. */
  value: number;
  /** The reward that gave it. */
  by: string;
  reason?: string | undefined;
}

/** One step of reasoning in its place. */
export interface TreeNode {
  /** `0` for the root, else the id of the task that made it (`0.2.1`), or that and `/k` within a rolled-out chain. */
  id: string;
  parent: TreeNode | undefined;
  /** 0 for the root. */
  depth: number;
  /** The step; empty for the root. */
  text: string;
  children: TreeNode[];
  /** Newest last. */
  scores: Score[];
  /** The answer that the thought reaches here, for a leaf that has one. */
  answer?: string | undefined;
  /** Why the search gave this node up. */
  pruned?: string | undefined;
  /** Why what followed was cut off, where the thought had begun to repeat itself or to fall apart. */
  cut?: string | undefined;
  meanLogprob?: number | undefined;
  /** Whether its answer is right, where it was graded against a reference. */
  correct?: boolean | undefined;
}

/** The id of every tree's root. */
export const ROOT = "0";

/** A reasoning tree: the root stands for the question, every other node for a step. */
export class Tree {
  readonly root: TreeNode = newNode(ROOT, undefined, "");
  readonly #nodes = new Map<string, TreeNode>([[ROOT, this.root]]);

  /** Number of nodes, the root included. */
  get size(): number {
    return this.#nodes.size;
  }

  /** All nodes in the order in which they were added, the root first. */
  nodes(): IterableIterator<TreeNode> {
    return this.#nodes.values();
  }

  find(id: string): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  /** The node with this id. Throws when there is none. */
  get(id: string): TreeNode {
    const found = this.#nodes.get(id);
    if (found === undefined) throw new RangeError(`no node ${id} in the tree`);
    return found;
  }

  /** Adds a step below `parent`. Throws when the id is taken. */
  add(id: string, parent: TreeNode, text: string): TreeNode {
    if (this.#nodes.has(id)) throw new RangeError(`node ${id} is in the tree already`);
    const added = newNode(id, parent, text);
    parent.children.push(added);
    this.#nodes.set(id, added);
    return added;
  }
}

/** The nodes from the root's child down to `node`: the steps of its thought. Empty for the root. */
export function pathTo(node: TreeNode): TreeNode[] {
  const path: TreeNode[] = [];
  for (let at: TreeNode | undefined = node; at?.parent !== undefined; at = at.parent) path.push(at);
  return path.reverse();
}

/** The steps' texts from the root to `node`. */
export function stepsTo(node: TreeNode): string[] {
  return pathTo(node).map((step) => step.text);
}

/** The newest score of a node, if it has one. */
export function latestScore(node: TreeNode): Score | undefined {
  return node.scores.at(-1);
}

function newNode(id: string, parent: TreeNode | undefined, text: string): TreeNode {
  return { id, parent, depth: parent === undefined ? 0 : parent.depth + 1, text, children: [], scores: [] };
}
