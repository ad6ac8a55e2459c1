import { bestFirst as bestFirstSearch } from "../search/best-first.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Best-first search over steps (Koh et al., arXiv 2407.01476): goes on wherever the thought so far scores highest, and
 * returns to a shorter one as soon as that looks better.
 */
export const bestFirst = stepSearch({
  name: "best-first",
  search: ({ width, keep, depth, rollouts }, ranking, cancels) =>
    bestFirstSearch({ width, keep, depth, rollouts, cancels, ...ranking }),
  reason: ({ rollouts }) => `best of at most ${rollouts} expansions, best first`,
  stopsEarly: true,
});
