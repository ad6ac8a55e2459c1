import type { Question } from "../thought/question.ts";
import type { Score, TreeNode } from "../thought/tree.ts";
import type { Aggregation } from "./aggregate.ts";

/** A score, and the settling of the calls that brought it. */
export interface Scored extends Score {
  /** Gives back what the calls reserved beyond what they used. Called once, just before the score is taken up. */
  settle?: (() => void) | undefined;
}

/** Something that scores steps (process reward) or finished thoughts (outcome reward), in [0, 1]. */
export interface Reward {
  /** Stands in the log beside each of its scores, such as `likelihood` or `checker:countdown`. */
  readonly name: string;
  /** How the scores of a thought's steps are best made one. Default `last`: each score is of the whole thought so far. */
  readonly aggregate?: Aggregation | undefined;
  /**
   * Scores the thought from the root to `node`. A rejection is a score that could not be had; a value outside [0, 1] or
   * NaN is refused by whoever asked.
   */
  score(question: Question, node: TreeNode): Promise<Scored>;
}
