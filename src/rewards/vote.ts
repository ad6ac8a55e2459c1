import { answersAround } from "./answers-around.ts";
import { equivalent } from "./equivalent.ts";
import type { Reward } from "./reward.ts";

/**
 * Agreement as an outcome reward (self-consistency; Wang et al., arXiv 2203.11171): the share of the tree's answers
 * that are equivalent to this one, at the moment of asking. 0 for a thought without an answer.
 *
 * @param same which answers count as one; default {@link equivalent}
 */
export function voteReward(same: (left: string, right: string) => boolean = equivalent): Reward {
  return {
    name: "vote",
    outcome: true,
    late: true,
    async score(_question, node) {
      const { answer } = node;
      if (answer === undefined) return { value: 0, by: "vote", reason: "no answer yet" };
      const answers = answersAround(node);
      const votes = answers.filter((other) => same(other, answer)).length;
      return { value: votes / answers.length, by: "vote", reason: `${votes} of ${answers.length} agree` };
    },
  };
}
