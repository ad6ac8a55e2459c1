import { untilBudgetEnds } from "./agents/until-budget-ends.ts";
import { conclude } from "./conclude.ts";
import { Debate } from "./debate/debate-rounds.ts";
import type { Strategy } from "./strategy.ts";

/**
 * A policy and a critic in dialogue (the multi-agent way of O1 Journey, part 1, arXiv 2410.18982): the policy writes a
 * whole solution, the critic agrees or says what is wrong, the policy goes back to there and writes the rest anew. Ends
 * with agreement, with an answer that stays, or after `rounds`; then a judge decides between answers that differ.
 */
export const debate: Strategy = async (question, think) => {
  const dialogue = new Debate(question, think);
  const drive = await untilBudgetEnds(think, () => dialogue.run());
  const { leaf, reason } = dialogue.decision;
  return conclude(think, { question, tree: dialogue.tree, drive, chosen: leaf, reason });
};
