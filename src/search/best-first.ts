import type { TreeNode } from "../thought/tree.ts";
import type { BeamOptions } from "./beam.ts";
import type { Search } from "./search.ts";
import { type Expansion, StepTree } from "./step-tree.ts";

/** What a best-first search needs to know; `keep` expansions are under way at once. */
export interface BestFirstOptions extends BeamOptions {
  /** Most nodes that are expanded, the root among them; at least 1. */
  rollouts: number;
  /**
   * Whether the search, once its end is clear, finishes while tasks are in flight, which are then cancelled. If not, it
   * waits for them and keeps what they bring: then nothing depends on what arrives first. Default false.
   */
  cancels?: boolean | undefined;
}

/**
 * Best-first search over steps (Koh et al., arXiv 2407.01476; Yao et al., arXiv 2305.10601): expands whichever open node
 * has the highest score, at whatever depth, each into `width` proposals.
 *
 * `keep` expansions are under way at once, each until its last score is told; the next node is picked no sooner than
 * there is a slot for it. It ends when `keep` answers score higher than every node that is open or being expanded, when
 * nothing is open, or after `rollouts` expansions. Where these brought no answer, the best open thoughts are rolled out
 * to their end, `keep` at a time and at most `rollouts` in all, until one has an answer.
 */
export function bestFirst(options: BestFirstOptions): Search {
  const { width, keep, depth, rollouts, cancels = false, ...ranking } = options;
  const steps = new StepTree(ranking);
  const { tree, queue, answered } = steps;
  /** Scored nodes that may be expanded. */
  const open = new Set([tree.root]);
  const underWay = new Set<Expansion>();
  let expansions = 0;
  let rolledOut = 0;
  let ended = false;

  const bestOpen = (count: number) => [...open].sort(steps.rank).slice(0, count);
  const mustRollOut = () => expansions === rollouts && rolledOut < rollouts && answered.length === 0;
  const mayGoOn = () => !ended && open.size > 0 && (expansions < rollouts || mustRollOut());

  /** Picks what comes next; false where that has to wait for what is under way. */
  function begin(): boolean {
    if (expansions === rollouts) {
      if (underWay.size > 0) return false;
      for (const node of bestOpen(Math.min(keep, rollouts - rolledOut))) {
        rolledOut++;
        open.delete(node);
        underWay.add(steps.expand(node, 1, { kind: "roll-out" }));
      }
      return true;
    }
    for (const node of bestOpen(1)) {
      expansions++;
      open.delete(node);
      underWay.add(steps.expand(node, width));
    }
    return true;
  }

  /** True when enough answers stand above everything that may still come. */
  function isSettled(): boolean {
    const rivals = [...open, ...[...underWay].map(({ node }) => node)];
    const highest = Math.max(...rivals.map((node) => (node === tree.root ? 1 : (steps.scoreOf(node) ?? -1))));
    return answered.filter((leaf) => (steps.scoreOf(leaf) ?? -1) > highest).length >= keep;
  }

  function take(node: TreeNode): void {
    if (rolledOut === 0 && node.answer === undefined && node.depth < depth) open.add(node);
  }

  return {
    tree,
    get finished() {
      return (ended && cancels) || (queue.idle && !mayGoOn());
    },
    ask(slots) {
      while (queue.waiting < slots && underWay.size < keep && mayGoOn() && begin());
      return queue.take(slots);
    },
    tell(result) {
      const { expansion, leaf, changes } = steps.tell(result);
      if (leaf !== undefined && !ended) steps.score(leaf);
      if (result.task.kind === "score") take(tree.get(result.task.node));
      if (expansion.awaited === 0) underWay.delete(expansion);
      if (!ended && isSettled()) {
        ended = true;
        queue.close();
      }
      return changes;
    },
    best: () => steps.best(),
  };
}
