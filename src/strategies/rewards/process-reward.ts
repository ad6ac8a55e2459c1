import { type Aggregation, aggregateValues } from "../../rewards/aggregate.ts";
import { type Reward, ScoreFailure } from "../../rewards/reward.ts";
import { readStepScores } from "../../rewards/step-scores.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { pathTo, type TreeNode } from "../../thought/tree.ts";
import type { Thinking } from "../strategy.ts";

/**
 * A trained process reward model in the role `judge`, such as `prm/MODEL`: one call gives every step of the thought a
 * score in [0, 1], and the thought's score is that of its worst step (Math-Shepherd, arXiv 2312.08935; Lightman et al.,
 * arXiv 2305.20050), or what `settings.aggregate` makes of all steps. A thought without a step scores 1. A step is scored
 * once: such a model reads what stands before a step and nothing behind it, so that a beginning of a thought which was
 * scored needs no call.
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
  /** Scores that were taken up, by the id of their step; an answer's has a word behind it. */
  const known = new Map<string, number>();

  return {
    name: "prm",
    folds: true,
    async score(question, node, { signal } = {}) {
      const parts = partsOf(node);
      if (parts.length === 0) return { value: 1, by: "prm", reason: "no step yet" };
      const remembered = parts.flatMap(({ id }) => known.get(id) ?? []);
      if (remembered.length === parts.length) return { ...made(remembered, aggregation), by: "prm" };
      const [pending] = client.sample({
        ...{ role: "judge", site: `prm:${node.id}`, maxTokens: 1, signal },
        prompt: {
          messages: [{ role: "user", content: question.text }],
          prefill: parts.map(({ text }) => text).join("\n"),
        },
      });
      if (pending === undefined) throw new RangeError("the client gave no sample");
      const { text, settle } = await pending;
      const read = readStepScores(text, parts.length);
      if ("wrong" in read) {
        throw new ScoreFailure(new FailureError(`${name} is of no use as a reward: ${read.wrong}`), settle);
      }
      return {
        ...{ ...made(read.scores, aggregation), by: "prm", settle },
        learn() {
          for (const [index, { id }] of parts.entries()) known.set(id, read.scores[index] ?? 0);
        },
      };
    },
  };
}

/** What the model scores along a thought: its steps, and its answer where it has one. */
function partsOf(node: TreeNode): { id: string; text: string }[] {
  const steps = pathTo(node).filter(({ text }) => text !== "");
  const { answer } = node;
  if (answer === undefined) return steps;
  // The models were trained on thoughts whose last step says the answer.
  return [...steps, { id: `${node.id}:answer`, text: `The answer is: ${answer.replace(/\s+/g, " ")}` }];
}

function made(scores: readonly number[], aggregation: Aggregation): { value: number; reason: string } {
  const worst = scores.indexOf(Math.min(...scores)) + 1;
  return {
    value: aggregateValues(scores, aggregation),
    reason: `step ${worst} of ${scores.length} is worst`,
  };
}
