import { equivalent } from "../rewards/equivalent.ts";
import type { Drive } from "../search/driver.ts";
import { FailureError } from "../thought/errors.ts";
import type { Question } from "../thought/question.ts";
import { latestScore, stepsTo, type Tree, type TreeNode } from "../thought/tree.ts";
import type { Answer, Candidate, Thinking } from "./strategy.ts";

/** Thoughts that ended in equivalent answers. */
export interface AnswerCluster {
  /** As the first of them wrote it. */
  answer: string;
  /** In the order in which the tree got them. */
  leaves: TreeNode[];
}

/** The answered leaves of a tree, clustered by equivalent answers; the largest cluster first, ties by age. */
export function clusterAnswers(tree: Tree): AnswerCluster[] {
  const clusters: AnswerCluster[] = [];
  for (const leaf of tree.nodes()) {
    const { answer } = leaf;
    if (answer === undefined) continue;
    const cluster = clusters.find((other) => equivalent(other.answer, answer));
    if (cluster === undefined) clusters.push({ answer, leaves: [leaf] });
    else cluster.leaves.push(leaf);
  }
  return clusters.sort((left, right) => right.leaves.length - left.leaves.length);
}

/** What a strategy decided on. */
export interface Decision {
  question: Question;
  tree: Tree;
  /** The leaf that holds the answer; undefined when none was reached. */
  chosen: TreeNode | undefined;
  /** What decided, for the log: `vote 3 of 5`. */
  reason: string;
  /** How the thinking ended; `lastFailure` is what to say where nothing was thought at all. */
  drive: Pick<Drive, "ended" | "lastFailure">;
}

/**
 * The common end of the tree strategies: checks the chosen answer where a checker was named, logs the choice and
 * puts the answer together. Throws a FailureError when every task failed and nothing was thought at all.
 */
export function conclude(think: Thinking, decision: Decision): Answer {
  const { tree, chosen, question, drive } = decision;
  const candidates: Candidate[] = clusterAnswers(tree).map(({ answer, leaves }) => ({
    answer,
    votes: leaves.length,
    score: bestScore(leaves),
  }));
  const budgetEnded = drive.ended === "budget";
  if (chosen?.answer === undefined) {
    if (drive.lastFailure !== undefined && tree.size === 1) throw new FailureError(drive.lastFailure);
    return {
      stopReason: budgetEnded ? "budget" : "no-answer",
      thought: [],
      candidates,
      checked: false,
    };
  }
  const checked = think.checker?.check(question, chosen.answer).correct ?? false;
  think.recorder.emit({
    type: "answer-chosen",
    node: chosen.id,
    answer: chosen.answer,
    reason: decision.reason,
    checked,
  });
  return {
    text: chosen.answer,
    stopReason: budgetEnded ? "budget" : "answered",
    thought: stepsTo(chosen).filter((step) => step !== ""),
    candidates,
    checked,
  };
}

function bestScore(leaves: TreeNode[]): number | undefined {
  const values = leaves.flatMap((leaf) => latestScore(leaf)?.value ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}
