import { mcts as mctsSearch } from "../search/mcts.ts";
import { rollOutSearch } from "./roll-out-search.ts";

/**
 * Monte Carlo tree search (PUCT; Silver et al. 2017) over steps: rolls out to whole answers from where earlier roll-outs
 * did well, many at once.
 */
export const mcts = rollOutSearch(({ width, exploration }, options) =>
  mctsSearch({ width, exploration, ...options }),
);
