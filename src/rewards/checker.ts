import type { Checker } from "../problems/problem.ts";
import type { Reward } from "./reward.ts";

/** A checker as an outcome reward: 1 for an answer that the rule verifies, else 0, each with the rule's reason. */
export function checkerReward(checker: Checker): Reward {
  const by = `checker:${checker.name}`;
  return {
    name: by,
    outcome: true,
    async score(question, { answer }) {
      if (answer === undefined) return { value: 0, by, reason: "no answer yet" };
      const { correct, reason } = checker.check(question, answer);
      return { value: correct ? 1 : 0, by, reason };
    },
  };
}
