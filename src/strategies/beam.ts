import { equivalent } from "../rewards/equivalent.ts";
import { beam as beamSearch } from "../search/beam.ts";
import { FailureError } from "../thought/errors.ts";
import { conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { thoughtReward } from "./reward-for.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Beam search over steps (Xie et al., arXiv 2305.00633): grows several partial thoughts a step at a time and keeps the
 * best by the model's own likelihood; finished thoughts are judged by the checker where the caller named one.
 */
export const beam: Strategy = async (question, think) => {
  const { width, keep, depth } = think.settings;
  const reward = thoughtReward(think);
  const { name, logprobs } = think.client.traits("policy");
  if (!logprobs) {
    throw new FailureError(
      `beam scores steps by log-probabilities, which ${name} does not report; use --strategy vote`,
    );
  }
  const search = beamSearch({ width, keep, depth, same: equivalent });
  const policy = createPolicy(question, think, { style: "steps" });
  const drive = await runSearch(question, think, search, { policy, reward });
  return conclude(think, {
    question,
    tree: search.tree,
    drive,
    chosen: drive.best,
    reason: `best of a beam of ${keep}`,
  });
};
