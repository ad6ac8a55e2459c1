import { equivalent } from "../rewards/equivalent.ts";
import { bestOfN as bestOfNSearch } from "../search/best-of-n.ts";
import { conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { thoughtReward } from "./reward-for.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy } from "./strategy.ts";

/** Samples n whole thoughts and takes the one with the highest reward; equal answers decide ties. */
export const bestOfN: Strategy = async (question, think) => {
  const reward = thoughtReward(think);
  const { samples } = think.settings;
  const search = bestOfNSearch({
    ...{ samples, score: reward !== undefined, late: reward?.late, same: equivalent },
  });
  const policy = createPolicy(question, think, { style: "steps" });
  const drive = await runSearch(question, think, search, { policy, reward });
  const scored = drive.best === undefined || drive.best.scores.length > 0;
  const by = reward !== undefined && scored ? `highest ${reward.name}` : "most agreement";
  const reason = `${by} of ${samples} thoughts`;
  return conclude(think, { question, tree: search.tree, drive, chosen: drive.best, reason });
};
