import type { Question } from "../thought/question.ts";
import type { Score, TreeNode } from "../thought/tree.ts";

/** Something that scores steps (process reward) or finished thoughts (outcome reward), in [0, 1]. */
export interface Reward {
  /** Stands in the log beside each of its scores, such as `likelihood` or `checker:countdown`. */
  readonly name: string;
  /** Scores the thought from the root to `node`. */
  score(question: Question, node: TreeNode): Promise<Score>;
}
