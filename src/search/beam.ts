import { type Aggregation, aggregateScore } from "../rewards/aggregate.ts";
import type { TreeNode } from "../thought/tree.ts";
import { GrowingTree } from "./growing-tree.ts";
import { compareNodeIds } from "./node-id.ts";
import { bestLeaf, type Ranking } from "./ranking.ts";
import type { Search, TreeChange } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** What a beam search needs to know. */
export interface BeamOptions extends Pick<Ranking, "same"> {
  /** Proposals below each kept node, at least 1. */
  width: number;
  /** Thoughts that stay after each level, at least 1. */
  keep: number;
  /** Nodes this deep are not expanded any more, at least 1. */
  depth: number;
  /** How the scores of a thought's steps become one. Default `last`. */
  aggregate?: Aggregation | undefined;
}

/**
 * Beam search over steps (Snell et al., arXiv 2408.03314): expands each kept node `width` times, scores each new
 * node as soon as it is there, and keeps the `keep` best thoughts of the level.
 *
 * A level has to be complete before its best are known, so the slowest score of a level holds up the next one; inside a
 * level nothing waits. A thought that has reached its answer keeps competing for a place, so the search ends once
 * `keep` answers stand above everything open, and no answer is ever pruned. A sibling that repeats a step word for
 * word is pruned unscored, since it would take a place in the beam for nothing. A node whose score failed ranks last.
 */
export function beam({ width, keep, depth, aggregate = "last", same }: BeamOptions): Search {
  const growing = new GrowingTree();
  const { tree } = growing;
  const queue = new TaskQueue();
  const scoreOf = (node: TreeNode) => aggregateScore(node, aggregate);
  const answered: TreeNode[] = [];
  /** New nodes of this level that may be expanded. */
  let open: TreeNode[] = [];
  queue.propose("expand", tree.root, width);

  function rank(left: TreeNode, right: TreeNode): number {
    return (scoreOf(right) ?? -1) - (scoreOf(left) ?? -1) || compareNodeIds(left.id, right.id);
  }

  function closeLevel(): TreeChange[] {
    const places = [...answered, ...open].sort(rank).slice(0, keep);
    const kept = new Set(places);
    const pruned = open.filter((node) => !kept.has(node));
    open = [];
    for (const node of places) {
      if (node.answer === undefined && node.depth < depth) queue.propose("expand", node, width);
    }
    return pruned.flatMap((node) => growing.prune(node, `not among the best ${keep}`));
  }

  function take(leaf: TreeNode, changes: TreeChange[]): TreeChange[] {
    if (leaf.answer !== undefined) answered.push(leaf);
    else {
      const twin = open.find((other) => isTwin(other, leaf));
      if (twin !== undefined) return [...changes, ...growing.prune(leaf, `repeats ${twin.id}`)];
      open.push(leaf);
    }
    queue.score(leaf);
    return changes;
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
        changes.push(...(grown.leaf === undefined ? [] : take(grown.leaf, grown.changes)));
      }
      if (queue.idle) changes.push(...closeLevel());
      return changes;
    },
    best: () => bestLeaf(answered, { scoreOf, same }),
  };
}

/** True when two nodes stand below one parent with one text: the same thought so far. */
function isTwin(left: TreeNode, right: TreeNode): boolean {
  return left !== right && left.parent === right.parent && left.text === right.text;
}
