import { type Score, Tree, type TreeNode } from "../thought/tree.ts";
import { chainId } from "./node-id.ts";
import type { Proposal, TreeChange } from "./search.ts";

/** A proposal's place in the tree. */
export interface Grown {
  /** The last of its nodes; undefined for a proposal without step and answer, which leaves the tree as it is. */
  leaf: TreeNode | undefined;
  changes: TreeChange[];
}

/** A reasoning tree that a search grows. Each method changes the tree and returns the changes as events. */
export class GrowingTree {
  readonly tree = new Tree();

  /**
   * Adds a proposal as a chain of nodes, one a step, and its answer to the last of them. The first node bears the
   * task's id, the following ones `id/1`, `id/2`, ...
   *
   * An answer without steps becomes a node with an empty text, so that every answer has a leaf of its own. The
   * proposal's mean log-probability is all that is known of each of its steps, so each bears it. Where the proposal was
   * cut, the last node that stays says so, which is the parent if nothing stayed.
   */
  add(task: { id: string; node: string }, proposal: Proposal): Grown {
    const { steps, answer, meanLogprob, cut } = proposal;
    const texts = steps.length === 0 && answer !== undefined ? [""] : steps;
    const known = meanLogprob === undefined ? {} : { meanLogprob };
    const changes: TreeChange[] = [];
    let parent = this.tree.get(task.node);
    let leaf: TreeNode | undefined;
    for (const [index, text] of texts.entries()) {
      const id = index === 0 ? task.id : chainId(task.id, index);
      leaf = Object.assign(this.tree.add(id, parent, text), known);
      changes.push({ type: "step-added", node: id, parent: parent.id, text, ...known });
      parent = leaf;
    }
    if (cut !== undefined) {
      parent.cut = cut;
      changes.push({ type: "thought-cut", node: parent.id, reason: cut });
    }
    if (leaf !== undefined && answer !== undefined) {
      leaf.answer = answer;
      changes.push({ type: "answer-proposed", node: leaf.id, answer });
    }
    return { leaf, changes };
  }

  /** Adds a score to a node; the newest score is the one that counts. */
  score(node: TreeNode, { value, by, reason }: Score): TreeChange[] {
    const score = reason === undefined ? { value, by } : { value, by, reason };
    node.scores.push(score);
    return [{ type: "step-scored", node: node.id, ...score }];
  }

  /** Gives a node up, with the reason in a few words. */
  prune(node: TreeNode, reason: string): TreeChange[] {
    node.pruned = reason;
    return [{ type: "step-pruned", node: node.id, reason }];
  }
}
