import { FailureError } from "../thought/errors.ts";
import { type Reward, ScoreFailure } from "./reward.ts";

/**
 * The same reward, except that a score which is not a number within 0 and 1 rejects, so that no search ranks by it. The
 * log then shows a failed task with the reward's name and the value.
 */
export function withinBounds(reward: Reward): Reward {
  const { name, aggregate, folds, outcome, late } = reward;
  return {
    ...{ name, aggregate, folds, outcome, late },
    async score(question, node, scoring) {
      const scored = await reward.score(question, node, scoring);
      const { value, settle = () => {} } = scored;
      if (value >= 0 && value <= 1) return scored;
      const fault = `the reward ${name} gave ${value}, which is not within 0 and 1`;
      throw new ScoreFailure(new FailureError(fault), settle);
    },
  };
}
