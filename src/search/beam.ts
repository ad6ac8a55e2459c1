import type { TreeNode } from "../thought/tree.ts";
import type { Search, TreeChange } from "./search.ts";
import { StepTree, type StepTreeOptions } from "./step-tree.ts";

/** What a beam search needs to know. */
export interface BeamOptions extends StepTreeOptions {
  /** Proposals below each kept node, at least 1. */
  width: number;
  /** Thoughts that stay after each level, at least 1. */
  keep: number;
  /** Nodes this deep are not expanded any more, at least 1. */
  depth: number;
}

/**
 * Beam search over steps (Snell et al., arXiv 2408.03314): expands each kept node `width` times, scores each new
 * node as soon as it is there, and keeps the `keep` best thoughts of the level.
 *
 * A level has to be complete before its best are known, so the slowest score of a level holds up the next one; inside a
 * level nothing waits. A thought that has reached its answer keeps competing for a place, so the search ends once
 * `keep` answers stand above everything open, and no answer is ever pruned.
 */
export function beam({ width, keep, depth, ...options }: BeamOptions): Search {
  const steps = new StepTree(options);
  const { tree, queue } = steps;
  /** New nodes of this level that may be expanded. */
  let open: TreeNode[] = [];
  steps.expand(tree.root, width);

  function closeLevel(): TreeChange[] {
    const places = [...steps.answered, ...open].sort(steps.rank).slice(0, keep);
    const kept = new Set(places);
    const pruned = open.filter((node) => !kept.has(node));
    open = [];
    for (const node of places) {
      if (node.answer === undefined && node.depth < depth) steps.expand(node, width);
    }
    return pruned.flatMap((node) => steps.prune(node, `not among the best ${keep}`));
  }

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      const { leaf, changes } = steps.tell(result);
      if (leaf !== undefined) {
        if (leaf.answer === undefined) open.push(leaf);
        steps.score(leaf);
      }
      if (queue.idle) changes.push(...closeLevel());
      return changes;
    },
    best: () => steps.best(),
  };
}
