import { checkerReward } from "../rewards/checker.ts";
import { likelihoodReward } from "../rewards/likelihood.ts";
import type { Reward } from "../rewards/reward.ts";
import type { Thinking } from "./strategy.ts";

/**
 * The reward that a strategy scores thoughts with: finished ones by the checker where the caller named one, all others
 * by the policy's own likelihood where the backend reports log-probabilities. Undefined where neither can score whole
 * thoughts; then equal answers decide.
 */
export function thoughtReward(think: Thinking): Reward | undefined {
  const byLikelihood = think.client.traits("policy").logprobs ? likelihoodReward : undefined;
  if (think.checker === undefined) return byLikelihood;
  const byRule = checkerReward(think.checker);
  if (byLikelihood === undefined) return byRule;
  return {
    name: byRule.name,
    score: (question, node) => (node.answer === undefined ? byLikelihood : byRule).score(question, node),
  };
}
