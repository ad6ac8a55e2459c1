import { GrowingTree } from "../../search/growing-tree.ts";
import { proposalId } from "../../search/node-id.ts";
import type { Proposal, TreeChange } from "../../search/search.ts";
import type { Score, Tree, TreeNode } from "../../thought/tree.ts";
import type { Thinking } from "../strategy.ts";

/** The reasoning tree that agents grow turn by turn, each change logged as it is made. */
export class Trajectory {
  readonly #growing = new GrowingTree();
  readonly #think: Thinking;

  constructor(think: Thinking) {
    this.#think = think;
  }

  get tree(): Tree {
    return this.#growing.tree;
  }

  get root(): TreeNode {
    return this.tree.root;
  }

  /**
   * Adds steps, and the answer that they come to if there is one, below a node; returns the last of them. A proposal
   * without step and answer returns the node itself.
   */
  add(parent: TreeNode, proposal: Proposal): TreeNode {
    const id = proposalId(parent.id, parent.children.length);
    const { leaf, changes } = this.#growing.add({ id, node: parent.id }, proposal);
    this.#emit(changes);
    return leaf ?? parent;
  }

  score(node: TreeNode, score: Score): void {
    this.#emit(this.#growing.score(node, score));
  }

  prune(node: TreeNode, reason: string): void {
    this.#emit(this.#growing.prune(node, reason));
  }

  /** Says that thinking goes on at an earlier node. */
  backtrack(from: TreeNode, to: TreeNode): void {
    this.#emit([{ type: "backtracked", from: from.id, to: to.id }]);
  }

  #emit(changes: readonly TreeChange[]): void {
    for (const change of changes) this.#think.recorder.emit(change);
  }
}
