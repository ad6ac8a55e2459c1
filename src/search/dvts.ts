import type { TreeNode } from "../thought/tree.ts";
import type { BeamOptions } from "./beam.ts";
import type { Search, TreeChange } from "./search.ts";
import { type Expansion, StepTree } from "./step-tree.ts";

/** What a diverse verifier tree search needs to know; `keep` is the number of its subtrees. */
export type DvtsOptions = BeamOptions;

/**
 * Diverse verifier tree search (DVTS; Beeching et al. 2024, "Scaling test-time compute with open models"): `keep`
 * subtrees below the root, in each of which the best of `width` proposals is expanded and the others are pruned.
 *
 * The subtrees know nothing of each other: none waits for another, so the longest chain of tasks is one expansion and
 * one score a step, and no good first step can take all places, as it can in a beam. For the same reason a step is
 * compared with its siblings of its own subtree alone. A subtree ends when its best thought has an answer, or is
 * `depth` steps long, or when nothing came of an expansion. No answer is ever pruned.
 */
export function dvts({ width, keep, depth, ...options }: DvtsOptions): Search {
  const steps = new StepTree(options);
  const { tree, queue } = steps;
  for (let subtree = 0; subtree < keep; subtree++) steps.expand(tree.root, width);

  /** Goes on below the best of an expansion that is all told. */
  function descend({ leaves }: Expansion): TreeChange[] {
    const [best, ...others] = [...leaves].sort(steps.rank);
    if (best === undefined) return [];
    if (best.answer === undefined && best.depth < depth) steps.expand(best, width);
    return others.filter(isOpen).flatMap((node) => steps.prune(node, `not the best of ${leaves.length}`));
  }

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      const { expansion, leaf, changes } = steps.tell(result);
      if (leaf !== undefined) steps.score(leaf);
      if (expansion.awaited === 0) changes.push(...descend(expansion));
      return changes;
    },
    best: () => steps.best(),
  };
}

function isOpen({ answer }: TreeNode): boolean {
  return answer === undefined;
}
