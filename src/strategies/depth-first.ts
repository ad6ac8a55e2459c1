import { depthFirst as depthFirstSearch } from "../search/depth-first.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Depth-first search over steps (Tree of Thoughts; Yao et al., arXiv 2305.10601): follows the best step, backtracks where
 * the thought comes to nothing, and ends at the first answer that scores as high as the settings are to be sure.
 */
export const depthFirst = stepSearch({
  name: "depth-first",
  search: ({ width, keep, depth, rollouts, threshold, confidence }, ranking, cancels) =>
    depthFirstSearch({
      ...{ width, keep, depth, rollouts, threshold, cancels },
      goodEnough: confidence,
      ...ranking,
    }),
  reason: ({ rollouts }) => `best of at most ${rollouts} expansions, depth first`,
  stopsEarly: true,
});
