import type { TreeNode } from "../thought/tree.ts";
import { GrowingTree } from "./growing-tree.ts";
import { bestLeaf, type Ranking } from "./ranking.ts";
import type { Search } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** What best-of-n needs to know. */
export interface BestOfNOptions extends Pick<Ranking, "same"> {
  /** Whole thoughts to roll out from the question, at least 1. */
  samples: number;
  /** Whether each thought with an answer is scored as soon as it is there; if not, equal answers decide. */
  score: boolean;
}

/**
 * Best of n: rolls out whole thoughts side by side and takes the one with the highest score; equal answers decide
 * between equal scores. Without scores it is self-consistency (Wang et al., arXiv 2203.11171).
 */
export function bestOfN({ samples, score, same }: BestOfNOptions): Search {
  const growing = new GrowingTree();
  const { tree } = growing;
  const queue = new TaskQueue();
  const leaves: TreeNode[] = [];
  queue.propose("roll-out", tree.root, samples);

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      queue.told();
      if (result.outcome === "failed") return [];
      if (result.outcome === "scored") return growing.score(tree.get(result.task.node), result.score);
      const { leaf, changes } = growing.add(result.task, result.proposal);
      if (leaf?.answer !== undefined) {
        leaves.push(leaf);
        if (score) queue.score(leaf);
      }
      return changes;
    },
    best: () => bestLeaf(leaves, { same }),
  };
}
