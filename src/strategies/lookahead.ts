import { lookahead as lookaheadSearch } from "../search/lookahead.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Lookahead search (Snell et al., arXiv 2408.03314): a beam that scores each new step by where the thought stands some
 * steps further on.
 */
export const lookahead = stepSearch({
  name: "lookahead",
  search: ({ width, keep, depth, lookahead }, ranking) =>
    lookaheadSearch({ width, keep, depth, lookahead, ...ranking }),
  reason: ({ keep, lookahead }) => `best of a beam of ${keep} that looks ${lookahead} ahead`,
});
