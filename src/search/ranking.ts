import { equivalent } from "../rewards/equivalent.ts";
import { latestScore, type TreeNode } from "../thought/tree.ts";
import { compareNodeIds } from "./node-id.ts";

/** How answered leaves are compared. */
export interface Ranking {
  /** A leaf's score; undefined ranks below every score. Default: the leaf's newest score. */
  scoreOf?: ((leaf: TreeNode) => number | undefined) | undefined;
  /** Which answers are the same, for counting votes. Default: {@link equivalent}. */
  same?: ((left: string, right: string) => boolean) | undefined;
}

/**
 * The best of some leaves: highest score, then the answer that most of the leaves agree on, then the lowest
 * ordinals, so that the order in which results came does not matter. Leaves without an answer do not count.
 */
export function bestLeaf(leaves: Iterable<TreeNode>, ranking: Ranking = {}): TreeNode | undefined {
  const { scoreOf = (leaf) => latestScore(leaf)?.value, same = equivalent } = ranking;
  const groups: { answer: string; votes: number }[] = [];
  const ranked = [...leaves].flatMap((leaf) => {
    const { answer } = leaf;
    if (answer === undefined) return [];
    let group = groups.find((other) => same(other.answer, answer));
    if (group === undefined) {
      group = { answer, votes: 0 };
      groups.push(group);
    }
    group.votes++;
    return [{ leaf, group, score: scoreOf(leaf) ?? Number.NEGATIVE_INFINITY }];
  });
  return ranked.reduce<(typeof ranked)[number] | undefined>((best, next) => {
    if (best === undefined) return next;
    if (next.score !== best.score) return next.score > best.score ? next : best;
    if (next.group.votes !== best.group.votes) return next.group.votes > best.group.votes ? next : best;
    return compareNodeIds(next.leaf.id, best.leaf.id) < 0 ? next : best;
  }, undefined)?.leaf;
}
