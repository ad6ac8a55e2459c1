import { equivalent } from "../rewards/equivalent.ts";
import type { TreeNode } from "../thought/tree.ts";
import { betaCumulative } from "./beta-distribution.ts";
import { compareNodeIds } from "./node-id.ts";
import type { Ranking } from "./ranking.ts";

/** One thought's vote for its answer. */
interface Vote {
  leaf: TreeNode;
  /** In [0, 1]; undefined where none is known: then it counts as much as the mean of the others. */
  weight: number | undefined;
}

/** Votes for equivalent answers, in the order in which they were cast. */
interface Cluster {
  answer: string;
  votes: Vote[];
}

/** How the two strongest answers stand, in votes of mean weight. */
export interface Standing {
  lead: number;
  second: number;
  /** The most that one further vote can count; infinite where no vote has had any weight. */
  most: number;
}

/**
 * How sure it is that the leading answer is the likelier of the two strongest (Aggarwal et al., arXiv 2305.11860): the
 * probability, from a uniform prior, that in the long run more than half of the votes for either are for the leader.
 * With v1 and v2 votes it is 1 - I(1/2; v1 + 1, v2 + 1), where I is the regularised incomplete beta function.
 */
export function voteConfidence({ lead, second }: Pick<Standing, "lead" | "second">): number {
  return 1 - betaCumulative(lead + 1, second + 1, 0.5);
}

/** The votes of thoughts, by equivalent answers. */
export class Ballot {
  readonly #clusters: Cluster[] = [];
  readonly #votes = new Map<TreeNode, { vote: Vote; cluster: Cluster }>();
  readonly #same: (left: string, right: string) => boolean;
  #weights = 0;
  #weighed = 0;

  constructor({ same = equivalent }: Pick<Ranking, "same"> = {}) {
    this.#same = same;
  }

  /** Casts a leaf's vote for its answer. */
  cast(leaf: TreeNode, answer: string): void {
    let cluster = this.#clusters.find((other) => this.#same(other.answer, answer));
    if (cluster === undefined) {
      cluster = { answer, votes: [] };
      this.#clusters.push(cluster);
    }
    const vote: Vote = { leaf, weight: undefined };
    cluster.votes.push(vote);
    this.#votes.set(leaf, { vote, cluster });
  }

  /** Gives a vote its weight, in [0, 1]. */
  weigh(leaf: TreeNode, weight: number): void {
    const { vote } = this.#votes.get(leaf) ?? {};
    if (vote === undefined || vote.weight !== undefined) return;
    vote.weight = weight;
    this.#weights += weight;
    this.#weighed++;
  }

  get standing(): Standing {
    const mean = this.#meanWeight;
    if (mean === 0) return { lead: 0, second: 0, most: Number.POSITIVE_INFINITY };
    let [lead, second] = [0, 0];
    for (const cluster of this.#clusters) {
      const size = this.#sizeOf(cluster) / mean;
      if (size > lead) [lead, second] = [size, lead];
      else second = Math.max(second, size);
    }
    return { lead, second, most: 1 / mean };
  }

  /** The leaves that agree with this one, itself included, and their part of all votes by weight, in [0, 1]. */
  support(leaf: TreeNode): { leaves: TreeNode[]; share: number } {
    const { cluster } = this.#votes.get(leaf) ?? {};
    if (cluster === undefined) return { leaves: [], share: 0 };
    const all = this.#clusters.reduce((sum, other) => sum + this.#sizeOf(other), 0);
    const share = all === 0 ? 0 : Math.min(1, this.#sizeOf(cluster) / all);
    return { leaves: cluster.votes.map((vote) => vote.leaf), share };
  }

  /**
   * The leaf of most weight for the strongest answer. Equal weights are decided by the number of votes, then by the lowest
   * ordinals, whichever vote came first.
   */
  get winner(): TreeNode | undefined {
    const ranked = this.#clusters.map((cluster) => {
      const leaves = cluster.votes.map((vote) => vote.leaf).sort(byOrdinals);
      const [best] = [...cluster.votes].sort(
        (left, right) => this.#weightOf(right) - this.#weightOf(left) || byOrdinals(left.leaf, right.leaf),
      );
      const size = this.#sizeOf(cluster);
      return { size, votes: leaves.length, first: leaves[0]?.id ?? "", best: best?.leaf };
    });
    ranked.sort(
      (left, right) =>
        right.size - left.size || right.votes - left.votes || compareNodeIds(left.first, right.first),
    );
    return ranked[0]?.best;
  }

  /** Of the known weights; 1 where none is known. */
  get #meanWeight(): number {
    return this.#weighed === 0 ? 1 : this.#weights / this.#weighed;
  }

  #weightOf({ weight = this.#meanWeight }: Vote): number {
    return weight;
  }

  #sizeOf({ votes }: Cluster): number {
    return votes.reduce((sum, vote) => sum + this.#weightOf(vote), 0);
  }
}

function byOrdinals(left: TreeNode, right: TreeNode): number {
  return compareNodeIds(left.id, right.id);
}
