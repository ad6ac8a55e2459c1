import { answersAround } from "../../rewards/answers-around.ts";
import { canonicalAnswer, equivalent } from "../../rewards/equivalent.ts";
import { type CompletionEstimate, estimateFrom, majorityOf } from "../../rewards/monte-carlo.ts";
import { type Reward, ScoreFailure } from "../../rewards/reward.ts";
import { createPolicy, type Proposed } from "../policy.ts";
import type { Thinking } from "../strategy.ts";
import { KeptWork, sorted } from "./kept-work.ts";

/**
 * Monte-Carlo rollouts as a process reward (Math-Shepherd; Wang et al., arXiv 2312.08935): the policy completes the thought
 * `settings.samples` times, and the score is the share of completions that come to a right answer (`soft`), or whether any
 * does (`hard`). A thought that has its answer is its own only completion. One failed completion fails the score.
 *
 * Right is what the checker verifies. Where none was named, right is what agrees with the majority of all answers known
 * when the score is asked for (those in the tree and of earlier completions) and of its own completions: this measures how
 * firmly a thought leads where most lead, not whether that is true.
 */
export function rolloutReward(think: Thinking, estimate: "soft" | "hard"): Reward {
  const { checker, settings } = think;
  const name = estimate === "soft" ? "rollouts" : "rollouts-hard";
  const work = new KeptWork<Proposed>();
  /** Answers of completions whose scores were taken up, so that a majority does not depend on what arrived first. */
  const earlier: string[] = [];

  return {
    name,
    async score(question, node, { signal } = {}) {
      const known = [...answersAround(node), ...earlier];
      const isRight = (own: readonly string[]) => {
        const majority = majorityOf([...known, ...own]);
        return (answer: string) =>
          checker === undefined
            ? majority !== undefined && equivalent(answer, majority)
            : checker.check(question, answer).correct;
      };
      const { answer } = node;
      if (answer !== undefined) {
        // Its own answer stands in the tree already.
        const value =
          checker === undefined && estimate === "soft" ? shareOf(answer, known) : isRight([])(answer) ? 1 : 0;
        return { value, by: name, reason: "its own answer" };
      }
      const policy = createPolicy(question, think, { style: "steps", purpose: "complete" });
      const ordinals = Array.from({ length: settings.samples }, (_, ordinal) => `${ordinal}`);
      const outcomes = await work.all(node.id, ordinals, (missing) =>
        runsOf(missing.map(Number)).flatMap(({ first, count }) =>
          policy({ node, kind: "roll-out", first, count, signal }),
        ),
      );
      const { came, failure, settle } = sorted(outcomes);
      // A score of fewer completions could not be had again by a resumed run, which does not know why they failed.
      if (came.length < ordinals.length) throw new ScoreFailure(failure, settle);
      const answers = came.map(({ proposal }) => proposal.answer);
      const own = answers.flatMap((one) => one ?? []);
      const estimated = estimateFrom(answers, isRight(own));
      return {
        value: estimated[estimate],
        by: name,
        reason: reasonOf(estimated, checker === undefined),
        settle,
        learn: () => void earlier.push(...own),
      };
    },
  };
}

function reasonOf({ right, total }: CompletionEstimate, byMajority: boolean): string {
  return `${right} of ${total} completions ${byMajority ? "agree with the majority" : "are right"}`;
}

function shareOf(answer: string, known: readonly string[]): number {
  const key = canonicalAnswer(answer);
  return known.filter((other) => canonicalAnswer(other) === key).length / known.length;
}

/** Neighbouring ordinals together, so that they share a request. */
function runsOf(ordinals: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const ordinal of ordinals) {
    const run = runs.at(-1);
    if (run !== undefined && run.first + run.count === ordinal) run.count++;
    else runs.push({ first: ordinal, count: 1 });
  }
  return runs;
}
