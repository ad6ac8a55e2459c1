import { untilBudgetEnds } from "./agents/until-budget-ends.ts";
import { conclude } from "./conclude.ts";
import { Panel } from "./panel/panel-work.ts";
import type { Strategy } from "./strategy.ts";

/**
 * The architecture that observers read out of o1: a planner breaks the question into sub-tasks, analysts work on them at
 * once, quality control tests each analysis before anybody sees it and sends back what stays below its threshold, and a
 * writer answers. Each analysis is a node of the tree. The planner's guess is the answer as long as there is no better.
 */
export const panel: Strategy = async (question, think) => {
  const work = new Panel(question, think);
  const drive = await untilBudgetEnds(think, () => work.run());
  const { leaf, reason } = work.decision;
  return conclude(think, { question, tree: work.tree, drive, chosen: leaf, reason });
};
