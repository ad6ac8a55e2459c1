import { adaptiveMcts as adaptiveMctsSearch } from "../search/adaptive-mcts.ts";
import { rollOutSearch } from "./roll-out-search.ts";

/**
 * Adaptive branching Monte Carlo tree search (AB-MCTS; Inoue et al., arXiv 2503.04412): draws at each node whether another
 * roll-out from there or a step deeper is worth more.
 */
export const adaptiveMcts = rollOutSearch(({ seed }, options) => adaptiveMctsSearch({ seed, ...options }));
