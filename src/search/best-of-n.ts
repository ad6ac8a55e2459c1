import type { TreeNode } from "../thought/tree.ts";
import { GrowingTree } from "./growing-tree.ts";
import { bestLeaf, type Ranking } from "./ranking.ts";
import type { Search, TreeChange } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** What best-of-n needs to know. */
export interface BestOfNOptions extends Pick<Ranking, "same"> {
  /** Whole thoughts to roll out from the question, at least 1. */
  samples: number;
  /** Whether each thought with an answer is scored; if not, equal answers decide. */
  score: boolean;
  /** Scores only when all thoughts are there, for a reward that compares them. Default false. */
  late?: boolean | undefined;
}

/**
 * Best of n: rolls out whole thoughts side by side, scores each as soon as it is there and takes the one with the highest
 * score; equal answers decide between equal scores. Without scores it is self-consistency (Wang et al., arXiv 2203.11171).
 */
export function bestOfN({ samples, score, late = false, same }: BestOfNOptions): Search {
  const growing = new GrowingTree();
  const { tree } = growing;
  const queue = new TaskQueue();
  const leaves: TreeNode[] = [];
  let unscored: TreeNode[] = [];
  queue.propose("roll-out", tree.root, samples);

  function scoreWhenDue(): void {
    if (late && !queue.idle) return;
    for (const leaf of unscored) queue.score(leaf);
    unscored = [];
  }

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      queue.told();
      const changes: TreeChange[] = [];
      if (result.outcome === "scored") {
        changes.push(...growing.score(tree.get(result.task.node), result.score));
      } else if (result.outcome === "proposed") {
        const grown = growing.add(result.task, result.proposal);
        changes.push(...grown.changes);
        if (grown.leaf?.answer !== undefined) {
          leaves.push(grown.leaf);
          if (score) unscored.push(grown.leaf);
        }
      }
      scoreWhenDue();
      return changes;
    },
    best: () => bestLeaf(leaves, { same }),
  };
}
