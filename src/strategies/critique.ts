import { untilBudgetEnds } from "./agents/until-budget-ends.ts";
import { clusterAnswers, conclude } from "./conclude.ts";
import { ProposeCritique } from "./critique/propose-critique.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Propose-critique (O1 Journey, part 1, arXiv 2410.18982): after each step the model itself chooses to continue, to
 * backtrack, to reflect or to terminate, so that the walk through the tree is its own and follows no search rule.
 * A thought that it ended is the answer; where it ended none, the answer that came up most often is.
 */
export const critique: Strategy = async (question, think) => {
  const loop = new ProposeCritique(question, think);
  const drive = await untilBudgetEnds(think, () => loop.run());
  const { tree } = loop;
  const chosen = loop.accepted ?? clusterAnswers(tree)[0]?.leaves.at(-1);
  const reason = loop.accepted === undefined ? "best so far, not accepted" : "the critic ended the thought";
  return conclude(think, { question, tree, drive, chosen, reason });
};
