import { bestOfN } from "../search/best-of-n.ts";
import { conclude } from "./conclude.ts";
import { createPolicy, type PolicyOptions } from "./policy.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy } from "./strategy.ts";

/** A strategy that samples a single thought and takes its answer. */
export function oneThought(options: PolicyOptions): Strategy {
  return async (question, think) => {
    const search = bestOfN({ samples: 1, score: false });
    const policy = createPolicy(question, think, options);
    const drive = await runSearch(question, think, search, { policy });
    return conclude(think, {
      question,
      tree: search.tree,
      drive,
      chosen: drive.best,
      reason: "only thought",
    });
  };
}
