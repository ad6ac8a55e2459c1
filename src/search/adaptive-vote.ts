import type { TreeNode } from "../thought/tree.ts";
import { Ballot, type Standing, voteConfidence } from "./ballot.ts";
import { GrowingTree } from "./growing-tree.ts";
import type { Ranking } from "./ranking.ts";
import type { Search, TreeChange } from "./search.ts";
import { TaskQueue } from "./task-queue.ts";

/** Nothing is decided by fewer thoughts. */
const LEAST_THOUGHTS = 3;
/** Of the thoughts that have come back, how many may be asked for on the chance that they are needed. */
const SPECULATION = 0.5;

/** What an adaptive vote needs to know. */
export interface AdaptiveVoteOptions extends Pick<Ranking, "same"> {
  /** Most thoughts to roll out from the question, at least 1. */
  samples: number;
  /** How sure the vote has to be before it stops, from 0.5 to 1; 1 takes all samples. */
  confidence: number;
  /** Whether a reward weighs each vote as soon as its thought is there; if not, each counts 1. */
  score: boolean;
  /**
   * Whether the vote, once decided, finishes while thoughts are in flight, which are then cancelled. If not, it waits for
   * them, counts them too and goes on where they leave it undecided: then nothing depends on what arrives first.
   */
  cancels: boolean;
}

/** A search by vote, and how the vote stands. */
export interface AdaptiveVote extends Search {
  /** The leaves that agree with this one, itself included, and their part of all votes by weight, in [0, 1]. */
  support(leaf: TreeNode): { leaves: TreeNode[]; share: number };
  /** How sure the vote is of its leading answer, see {@link voteConfidence}. */
  readonly confidence: number;
  /** Samples that it has not taken. */
  readonly spared: number;
}

/**
 * Adaptive self-consistency (Wang et al., arXiv 2203.11171; Aggarwal et al., arXiv 2305.11860): rolls out whole thoughts
 * and takes the answer that most of them reach. It stops as soon as three thoughts are there and the leader either is the
 * likelier answer with the probability asked for ({@link voteConfidence}) or cannot be overtaken any more by what is left
 * of `samples`.
 *
 * What is in flight when it stops was paid for in vain, so it asks for no more than may be needed: as many thoughts as
 * would decide the vote if they all agreed with the leader, or half as many as have come back where that is more. While
 * all agree nothing is wasted; a contested vote goes on in growing waves, at most a third of which is in vain.
 */
export function adaptiveVote(options: AdaptiveVoteOptions): AdaptiveVote {
  const { samples, confidence, score, cancels, same } = options;
  const growing = new GrowingTree();
  const { tree } = growing;
  const queue = new TaskQueue();
  const ballot = new Ballot({ same });
  let asked = 0;
  /** Thoughts that have come back, failed ones included. */
  let rolledOut = 0;
  /** Those of them that are still to be weighed. */
  let unweighed = 0;

  /** Whether it would be decided if the next `more` thoughts agreed with the leader. */
  function decidedAfter(more: number, { lead, second, most }: Standing): boolean {
    const settled = rolledOut - unweighed + more;
    if (settled >= samples) return true;
    if (confidence >= 1 || settled < LEAST_THOUGHTS) return false;
    const reached = { lead: lead + more, second };
    return reached.lead - second > (samples - settled) * most || voteConfidence(reached) >= confidence;
  }

  /** The fewest agreeing thoughts that would decide it, up to `limit`. */
  function needed(limit: number): number {
    const { standing } = ballot;
    let [low, high] = [0, limit];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (decidedAfter(middle, standing)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  const isDecided = () => decidedAfter(0, ballot.standing);

  return {
    tree,
    support: (leaf) => ballot.support(leaf),
    get confidence() {
      return voteConfidence(ballot.standing);
    },
    get spared() {
      return samples - rolledOut;
    },
    get finished() {
      return (queue.idle || cancels) && isDecided();
    },
    ask(slots) {
      const tasks = queue.take(slots);
      const free = Math.min(slots - tasks.length, samples - asked);
      if (free > 0 && !isDecided()) {
        const inFlight = asked - rolledOut + unweighed;
        const most = inFlight + free;
        const wanted = Math.max(needed(most), Math.min(most, Math.floor(rolledOut * SPECULATION)));
        const more = Math.max(0, wanted - inFlight);
        asked += more;
        queue.propose("roll-out", tree.root, more);
        tasks.push(...queue.take(more));
      }
      return tasks;
    },
    tell(result) {
      queue.told();
      const changes: TreeChange[] = [];
      const { task } = result;
      if (task.kind === "score") {
        unweighed--;
        if (result.outcome !== "scored") return changes;
        const leaf = tree.get(task.node);
        ballot.weigh(leaf, result.score.value);
        return growing.score(leaf, result.score);
      }
      rolledOut++;
      if (result.outcome !== "proposed") return changes;
      const grown = growing.add(task, result.proposal);
      if (grown.leaf?.answer !== undefined) {
        ballot.cast(grown.leaf, grown.leaf.answer);
        if (score) {
          queue.score(grown.leaf);
          unweighed++;
        }
      }
      return grown.changes;
    },
    best: () => ballot.winner,
  };
}
