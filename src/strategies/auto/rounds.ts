import { voteConfidence } from "../../search/ballot.ts";
import type { EventOf } from "../../thought/event.ts";
import type { Question } from "../../thought/question.ts";
import type { Tree } from "../../thought/tree.ts";
import { type AnswerCluster, clusterAnswers, conclude } from "../conclude.ts";
import type { Answer, Thinking } from "../strategy.ts";

/** What one strategy of several came to. */
export interface Round {
  strategy: string;
  answer: Answer;
  /** Its choice, as it would have stood in the log; undefined where it reached no answer. */
  chosen: EventOf<"answer-chosen"> | undefined;
}

/**
 * Why the answer is still in doubt after these rounds, for the log; undefined where it is not, or where the budget leaves
 * no choice. With a checker, doubt ends with an answer that it verified. Else it ends when all thoughts agree, or when
 * the leading answer is the likelier one with the probability `confidence`.
 *
 * @param options.tree the thoughts of all rounds
 */
export function doubtOf(
  rounds: readonly Round[],
  options: { tree: Tree; think: Pick<Thinking, "checker">; confidence: number },
): string | undefined {
  const last = rounds.at(-1)?.answer;
  if (last === undefined || last.stopReason === "budget") return undefined;
  const sizes = clusterAnswers(options.tree).map(({ leaves }) => leaves.length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all === 0) return "no thought reached an answer";
  if (options.think.checker !== undefined) {
    return last.checked ? undefined : `the checker verified none of ${all} answers`;
  }
  const [lead = 0, second] = sizes;
  if (second === undefined || voteConfidence({ lead, second }) >= options.confidence) return undefined;
  return `only ${lead} of ${all} agree`;
}

/**
 * Decides after the last round. The only round's choice stands; of several, what the checker verifies, else the answer
 * that most thoughts of all rounds reached, and between equals the one that the last round chose.
 */
export function decide(
  question: Question,
  think: Thinking,
  { tree, rounds }: { tree: Tree; rounds: readonly Round[] },
): Answer {
  const [first, ...others] = rounds;
  const last = rounds.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("nothing was thought");
  if (others.length === 0) {
    if (first.chosen !== undefined) think.recorder.emit(first.chosen);
    return first.answer;
  }
  const clusters = clusterAnswers(tree);
  const winner = winnerOf(clusters, { question, think, last });
  const votes = winner?.leaves.length ?? 0;
  const all = clusters.reduce((sum, { leaves }) => sum + leaves.length, 0);
  if (rounds.every(({ strategy }) => strategy === "vote" || strategy === "step-by-step")) {
    scoreAnew(think, clusters, all);
  }
  return conclude(think, {
    question,
    tree,
    drive: { ended: last.answer.stopReason === "budget" ? "budget" : "finished" },
    chosen: winner?.leaves.find(({ id }) => id === last.chosen?.node) ?? winner?.leaves[0],
    reason:
      winner === undefined
        ? "no thought reached an answer"
        : `vote ${votes} of ${all} in ${rounds.length} rounds`,
  });
}

function winnerOf(
  clusters: readonly AnswerCluster[],
  { question, think, last }: { question: Question; think: Thinking; last: Round },
): AnswerCluster | undefined {
  const { checker } = think;
  const verified = checker && clusters.find(({ answer }) => checker.check(question, answer).correct);
  const most = clusters[0]?.leaves.length;
  const tied = clusters.filter(({ leaves }) => leaves.length === most);
  return verified ?? tied.find(({ leaves }) => leaves.some(({ id }) => id === last.chosen?.node)) ?? tied[0];
}

/** Scores each leaf with the share of the thoughts of all rounds that agree with it. */
function scoreAnew(think: Thinking, clusters: readonly AnswerCluster[], all: number): void {
  for (const { leaves } of clusters) {
    for (const leaf of leaves) {
      const score = { value: leaves.length / all, by: "vote" };
      leaf.scores.push(score);
      think.recorder.emit({ type: "step-scored", node: leaf.id, ...score });
    }
  }
}
