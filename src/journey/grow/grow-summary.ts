import { addTokenUsage, emptyTokenUsage, type TokenUsage } from "../../thought/usage.ts";
import type { GrownTree } from "./grow-trees.ts";

/** What has come of growing trees so far. */
export interface GrowSummary {
  trees: number;
  failed: number;
  /** Why the first problem that failed did. */
  failure?: string | undefined;
  /** Trees with at least one right leaf, and among these those with a wrong one too, of which journeys can be made. */
  solved: number;
  mixed: number;
  steps: number;
  rightLeaves: number;
  wrongLeaves: number;
  usage: TokenUsage;
}

/** The summary of no tree. */
export function emptySummary(): GrowSummary {
  const none = { trees: 0, failed: 0, solved: 0, mixed: 0, steps: 0, rightLeaves: 0, wrongLeaves: 0 };
  return { ...none, usage: emptyTokenUsage() };
}

/** The summary with one more tree. */
export function addTree(summary: GrowSummary, tree: GrownTree): GrowSummary {
  if ("failed" in tree)
    return { ...summary, failed: summary.failed + 1, failure: summary.failure ?? tree.failed };
  const { steps, right, wrong, usage } = tree;
  return {
    ...summary,
    trees: summary.trees + 1,
    solved: summary.solved + (right > 0 ? 1 : 0),
    mixed: summary.mixed + (right > 0 && wrong > 0 ? 1 : 0),
    steps: summary.steps + steps,
    rightLeaves: summary.rightLeaves + right,
    wrongLeaves: summary.wrongLeaves + wrong,
    usage: addTokenUsage(summary.usage, usage),
  };
}
