import type { Sample } from "../../models/client.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { labelProbability } from "../../rewards/step-labels.ts";
import type { Thinking } from "../strategy.ts";
import type { Judge } from "./judge.ts";
import { KeptWork, sorted } from "./kept-work.ts";

/**
 * Labels by a model that gives the probability of each word of the judge: a call for each step, all at once. The answer
 * is judged behind the whole thought.
 */
export function chosenLabels({ client }: Thinking): Judge {
  const work = new KeptWork<Sample>();
  return async ({ question, node, open }, { signal }) => {
    const ids = open.map(({ id }) => id);
    const outcomes = await work.all(node.id, ids, (missing) =>
      missing.flatMap((id) => {
        const part = open[ids.indexOf(id)];
        if (part === undefined) return [];
        const { steps, answer } = part;
        const prefill = steps.length === 0 ? undefined : steps.join("\n");
        const prompt = { messages: [{ role: "user", content: question.text } as const], prefill, answer };
        return client.sample({
          ...{ role: "judge", site: `judge:${id}`, prompt, choose: "judge", maxTokens: 1, signal },
        });
      }),
    );
    const { came, failure, settle } = sorted(outcomes);
    if (came.length < open.length) throw new ScoreFailure(failure, settle);
    const labels = came.map(({ text, choices }) => ({
      probability: choices?.["good"] ?? labelProbability(text === "good" ? "good" : "bad"),
    }));
    return { labels, settle };
  };
}
