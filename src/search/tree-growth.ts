import type { TreeNode } from "../thought/tree.ts";
import type { BeamOptions } from "./beam.ts";
import type { Search, TreeChange } from "./search.ts";
import { StepTree } from "./step-tree.ts";

/** What growing a whole tree needs to know; `keep` is how many steps of a level are gone on from. */
export interface TreeGrowthOptions extends BeamOptions {
  /** A step that scores below it counts as wrong and is given up, in [0, 1]. Default 0: none is. */
  threshold?: number | undefined;
  /** Once the tree has grown, so many whole thoughts are written on from each of its open steps. Default 0. */
  completions?: number | undefined;
}

/**
 * Grows a whole reasoning tree, breadth first, for making training data of it (O1 Journey, part 1, arXiv 2410.18982,
 * section on on-policy reasoning trees): each node gets `width` children, of each level at most `keep` steps that are
 * not wrong are gone on from, down to `depth` or until every thought has its answer.
 *
 * Unlike a beam it does not end at good answers: an answer takes no place in a level, so that a tree has right leaves
 * and wrong ones. A step or answer that repeats a sibling is pruned. With `completions` each open step, the ones given
 * up among them, is then written on to the end several times; what these come to says how good the step is
 * (Math-Shepherd, arXiv 2312.08935), and a wrong turn gets an end that it was wrong to go to.
 */
export function treeGrowth(options: TreeGrowthOptions): Search {
  const { width, keep, depth, threshold = 0, completions = 0, ...ranking } = options;
  const steps = new StepTree(ranking);
  const { tree, queue } = steps;
  /** New steps of this level without an answer. */
  let level: TreeNode[] = [];
  /** All steps without an answer, repeated ones left out. */
  const unanswered: TreeNode[] = [];
  let growing = true;
  steps.expand(tree.root, width);

  function closeLevel(): TreeChange[] {
    const isWrong = (node: TreeNode) => (steps.scoreOf(node) ?? 1) < threshold;
    const open = level.filter((node) => !isWrong(node)).sort(steps.rank);
    const changes = [
      ...level.filter(isWrong).flatMap((node) => steps.prune(node, `scores below ${threshold}`)),
      ...open.slice(keep).flatMap((node) => steps.prune(node, `not among the best ${keep}`)),
    ];
    level = [];
    for (const node of open.slice(0, keep)) if (node.depth < depth) steps.expand(node, width);
    if (queue.idle) complete();
    return changes;
  }

  function complete(): void {
    growing = false;
    for (const node of unanswered) steps.expand(node, completions, { kind: "roll-out" });
  }

  return {
    tree,
    get finished() {
      return queue.idle;
    },
    ask: (slots) => queue.take(slots),
    tell(result) {
      const { expansion, leaf, changes } = steps.tell(result);
      if (leaf !== undefined && growing) {
        const twin = expansion.leaves.find((other) => other !== leaf && isSameAnswer(other, leaf));
        if (twin !== undefined) changes.push(...steps.prune(leaf, `repeats ${twin.id}`));
        else steps.score(leaf);
        if (leaf.answer === undefined) {
          level.push(leaf);
          unanswered.push(leaf);
        }
      }
      if (queue.idle && growing) changes.push(...closeLevel());
      return changes;
    },
    best: () => steps.best(),
  };
}

function isSameAnswer(left: TreeNode, right: TreeNode): boolean {
  return left.parent === right.parent && left.text === right.text && left.answer === right.answer;
}
