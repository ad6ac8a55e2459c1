import { FailureError, messageOf } from "../thought/errors.ts";
import type { Question } from "../thought/question.ts";
import type { Score, TreeNode } from "../thought/tree.ts";
import type { Aggregation } from "./aggregate.ts";

/** A score, and the settling of the calls that brought it. */
export interface Scored extends Score {
  /** Gives back what the calls reserved beyond what they used. Called once, just before the score is taken up. */
  settle?: (() => void) | undefined;
  /**
   * Has the reward remember what it learnt. Called behind `settle` and only for a score that is taken up, so that what is
   * asked next depends on the log alone.
   */
  learn?: (() => void) | undefined;
}

/** What a reward is told of the search that asks it. All of it may be left out. */
export interface Scoring {
  /**
   * To be awaited before each further round of calls: it resolves when it is this score's turn, at a moment that does not
   * depend on what arrived first. Default: at once.
   */
  turn?: (() => Promise<void>) | undefined;
  /** Fires when the score is not needed any more. */
  signal?: AbortSignal | undefined;
}

/** Something that scores steps (process reward) or finished thoughts (outcome reward), in [0, 1]. */
export interface Reward {
  /** Stands in the log beside each of its scores, such as `likelihood` or `checker:countdown`. */
  readonly name: string;
  /** How the scores of a thought's steps are best made one. Default `last`: each score is of the whole thought so far. */
  readonly aggregate?: Aggregation | undefined;
  /** True where it was told how to aggregate and has done so: each of its scores is made of those of all steps. Default false. */
  readonly folds?: boolean | undefined;
  /** True for an outcome reward: it knows nothing of a thought without an answer, and gives 0. Default false. */
  readonly outcome?: boolean | undefined;
  /** True where a score depends on the other thoughts of the tree, and is best asked for when all are there. */
  readonly late?: boolean | undefined;
  /**
   * Scores the thought from the root to `node`. All calls of the first round are made before it returns. A rejection is
   * a score that could not be had ({@link ScoreFailure} where calls have to be settled); a value outside [0, 1] or NaN is
   * refused by whoever asked. Rejected by BudgetExhaustedError, it may be asked again for the same node.
   */
  score(question: Question, node: TreeNode, scoring?: Scoring): Promise<Scored>;
}

/** A score that could not be had although some of its calls came back. */
export class ScoreFailure extends FailureError {
  /** Settles these calls. Called once, when the failure is taken up. */
  readonly settle: () => void;

  constructor(cause: unknown, settle: () => void) {
    super(messageOf(cause), cause);
    this.settle = settle;
  }
}
