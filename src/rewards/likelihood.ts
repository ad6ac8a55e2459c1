import { FailureError } from "../thought/errors.ts";
import { pathTo } from "../thought/tree.ts";
import type { Reward } from "./reward.ts";

/**
 * The policy's own confidence: e to the mean log-probability along the thought, each step weighing the same, so the
 * geometric mean of a token's probability. Needs a model that reports log-probabilities; steps without one are passed
 * over, and a thought without any rejects with a FailureError.
 */
export const likelihoodReward: Reward = {
  name: "likelihood",
  async score(_question, node) {
    const known = pathTo(node).flatMap((step) => step.meanLogprob ?? []);
    if (known.length === 0) {
      throw new FailureError(
        "the model reports no log-probabilities, so likelihood cannot score; use another reward",
      );
    }
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    // Rounding in a backend may give a log-probability a hair above 0.
    return { value: Math.min(1, Math.exp(mean)), by: "likelihood" };
  },
};
