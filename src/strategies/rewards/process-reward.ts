import { aggregateValues } from "../../rewards/aggregate.ts";
import { type Reward, ScoreFailure } from "../../rewards/reward.ts";
import { readStepScores } from "../../rewards/step-scores.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { stepsTo } from "../../thought/tree.ts";
import type { Thinking } from "../strategy.ts";

/**
 * A trained process reward model in the role `judge`, such as `prm/MODEL`: one call gives every step of the thought a
 * score in [0, 1], and the thought's score is that of its worst step (Math-Shepherd, arXiv 2312.08935; Lightman et al.,
 * arXiv 2305.20050), or what `settings.aggregate` makes of all steps. A thought without a step scores 1.
 *
 * Throws an InputError where the judge is no such model.
 */
export function processReward({ client, settings }: Thinking): Reward {
  const { name, scoresSteps } = client.traits("judge");
  if (scoresSteps !== true) {
    throw new InputError(
      `the reward prm needs a process reward model, which ${name} is not: name one with --role judge=prm/MODEL`,
    );
  }
  const aggregation = settings.aggregate === "auto" ? "min" : settings.aggregate;

  return {
    name: "prm",
    folds: true,
    async score(question, node, { signal } = {}) {
      const { answer } = node;
      const steps = stepsTo(node).filter((step) => step !== "");
      // The models were trained on thoughts whose last step says the answer.
      if (answer !== undefined) steps.push(`The answer is: ${answer.replace(/\s+/g, " ")}`);
      if (steps.length === 0) return { value: 1, by: "prm", reason: "no step yet" };
      const [pending] = client.sample({
        ...{ role: "judge", site: `prm:${node.id}`, maxTokens: 1, signal },
        prompt: { messages: [{ role: "user", content: question.text }], prefill: steps.join("\n") },
      });
      if (pending === undefined) throw new RangeError("the client gave no sample");
      const { text, settle } = await pending;
      const read = readStepScores(text, steps.length);
      if ("wrong" in read) {
        throw new ScoreFailure(new FailureError(`${name} is of no use as a reward: ${read.wrong}`), settle);
      }
      const worst = read.scores.indexOf(Math.min(...read.scores)) + 1;
      return {
        value: aggregateValues(read.scores, aggregation),
        by: "prm",
        reason: `step ${worst} of ${steps.length} is worst`,
        settle,
      };
    },
  };
}
