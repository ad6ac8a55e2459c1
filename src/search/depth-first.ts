import type { TreeNode } from "../thought/tree.ts";
import type { BestFirstOptions } from "./best-first.ts";
import type { Search, TreeChange } from "./search.ts";
import { type Expansion, StepTree } from "./step-tree.ts";

/** What a depth-first search needs to know; `keep` expansions are under way at once, 1 for no speculation. */
export interface DepthFirstOptions extends BestFirstOptions {
  /** A thought that scores below it is pruned, in [0, 1]. */
  threshold: number;
  /** The first answer that scores at least this ends the search, in [0, 1]. */
  goodEnough: number;
}

/**
 * Depth-first search over steps with backtracking (Tree of Thoughts; Yao et al., arXiv 2305.10601): from each node the
 * walk goes on to its best proposal, prunes those below a threshold, and returns to the next best one when it comes to an
 * end; it says so with `backtracked`.
 *
 * The walk itself goes one step at a time. While it waits, the nodes to which it would return next are expanded beside
 * it, `keep` expansions in all, so that they are known when it gets there; those it never gets to were for nothing. It
 * ends at the first answer that is good enough, when there is nowhere to return to, or after `rollouts` expansions. Where
 * these brought no answer, the thoughts next in turn are rolled out to their end, `keep` at a time and at most `rollouts`
 * in all, until one has an answer.
 */
export function depthFirst(options: DepthFirstOptions): Search {
  const { width, keep, depth, rollouts, threshold, goodEnough, cancels = false, ...ranking } = options;
  const steps = new StepTree(ranking);
  const { tree, queue } = steps;
  /** Where the walk stands, and what it returns to, the next one last. */
  let at = tree.root;
  const later: { node: TreeNode; below: TreeNode }[] = [];
  const begun = new Map<TreeNode, Expansion>();
  const underWay = new Set<Expansion>();
  /** Nodes whose proposals are in `later` or were. */
  const entered = new Set<TreeNode>();
  let rolledOut = 0;
  let ended = false;

  const isInner = ({ answer, depth: level }: TreeNode) => answer === undefined && level < depth;
  const isUnexpanded = (node: TreeNode) => isInner(node) && !begun.has(node);
  const isSpent = () => begun.size - rolledOut >= rollouts;
  const nextInTurn = (count: number) =>
    [at, ...later.map(({ node }) => node).reverse()].filter(isUnexpanded).slice(0, count);
  const mustRollOut = () => isSpent() && rolledOut < rollouts && steps.answered.length === 0;
  const mayGoOn = () => !ended && (!isSpent() || mustRollOut()) && nextInTurn(1).length > 0;

  function expand(node: TreeNode, count: number, kind: "expand" | "roll-out"): void {
    const expansion = steps.expand(node, count, { kind });
    begun.set(node, expansion);
    underWay.add(expansion);
  }

  /** Picks what comes next; false where that has to wait for what is under way. */
  function begin(): boolean {
    if (!isSpent()) {
      for (const node of nextInTurn(1)) expand(node, width, "expand");
      return true;
    }
    if (underWay.size > 0) return false;
    const nodes = nextInTurn(Math.min(keep, rollouts - rolledOut));
    rolledOut += nodes.length;
    for (const node of nodes) expand(node, 1, "roll-out");
    return true;
  }

  function enter(node: TreeNode): void {
    if (entered.has(node)) return;
    entered.add(node);
    const children = (begun.get(node)?.leaves ?? []).filter(({ pruned }) => pruned === undefined);
    for (const child of children.sort(steps.rank).reverse()) later.push({ node: child, below: node });
  }

  /** Goes on until there is something to wait for. */
  function walk(): TreeChange[] {
    const changes: TreeChange[] = [];
    while (!ended && rolledOut === 0 && !isUnexpanded(at) && (begun.get(at)?.awaited ?? 0) === 0) {
      enter(at);
      const next = later.at(-1);
      if (next === undefined || (isSpent() && isUnexpanded(next.node))) break;
      later.pop();
      if (next.below !== at) changes.push({ type: "backtracked", from: at.id, to: next.below.id });
      at = next.node;
    }
    return changes;
  }

  function judge(node: TreeNode): TreeChange[] {
    const score = steps.scoreOf(node);
    if (score === undefined) return [];
    if (node.answer === undefined) {
      return score < threshold ? steps.prune(node, `scores below ${threshold}`) : [];
    }
    if (score >= goodEnough) {
      ended = true;
      queue.close();
    }
    return [];
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
      if (result.task.kind === "score") changes.push(...judge(tree.get(result.task.node)));
      if (expansion.awaited === 0) underWay.delete(expansion);
      return [...changes, ...walk()];
    },
    best: () => steps.best(),
  };
}
