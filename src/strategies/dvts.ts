import { dvts as dvtsSearch } from "../search/dvts.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Diverse verifier tree search (Beeching et al. 2024): several subtrees that know nothing of each other, each of which
 * keeps the best of a few proposals a step.
 */
export const dvts = stepSearch({
  name: "dvts",
  search: ({ width, keep, depth }, ranking) => dvtsSearch({ width, keep, depth, ...ranking }),
  reason: ({ keep }) => `best of ${keep} subtrees`,
});
