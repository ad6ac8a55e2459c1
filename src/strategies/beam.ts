import { beam as beamSearch } from "../search/beam.ts";
import { stepSearch } from "./step-search.ts";

/**
 * Beam search over steps (Xie et al., arXiv 2305.00633): grows several partial thoughts a step at a time and keeps the
 * best by a reward: unless the settings name one, the model's own likelihood, and for finished thoughts the checker where
 * the caller named one.
 */
export const beam = stepSearch({
  name: "beam",
  search: ({ width, keep, depth }, ranking) => beamSearch({ width, keep, depth, ...ranking }),
  reason: ({ keep }) => `best of a beam of ${keep}`,
});
