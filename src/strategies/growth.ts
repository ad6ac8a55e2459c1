import { treeGrowth } from "../search/tree-growth.ts";
import type { StrategyEntry } from "./registry.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Grows a whole reasoning tree to make training data of it, see {@link treeGrowth}: `width` children, `keep` steps of a
 * level, at most `depth` steps, steps below `threshold` given up. It stands in no registry: whoever wants an answer is
 * served better by a search that ends once it has one.
 *
 * @param completions whole thoughts from each open step of the grown tree, for labels of steps; 0 for none
 */
export function growth(completions: number): StrategyEntry {
  return {
    name: "grow",
    description: "a whole tree, breadth first, past its answers",
    run: stepSearch({
      name: "grow",
      search: ({ width, keep, depth, threshold }, ranking) =>
        treeGrowth({ width, keep, depth, threshold, completions, ...ranking }),
      reason: () => "the best leaf of the whole tree",
    }),
    // A tree is grown for all of its leaves, so the tokens of an effort, meant for one answer, are no measure.
    defaults: {
      ...{ width: 3, keep: 3, depth: 32, threshold: 0 },
      temperature: 0.8,
      summaries: false,
      writer: false,
      budget: { tokens: 10_000_000 },
    },
  };
}
