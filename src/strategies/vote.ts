import { bestOfN } from "../search/best-of-n.ts";
import { clusterAnswers, conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Self-consistency (Wang et al., arXiv 2203.11171): samples several thoughts and takes the answer that most of them
 * reach. Answers are compared, not texts. Each leaf is scored with the share of thoughts that agree with it.
 */
export const vote: Strategy = async (question, think) => {
  const search = bestOfN({ samples: think.settings.samples, score: false });
  const policy = createPolicy(question, think, { style: "steps" });
  const drive = await runSearch(question, think, search, { policy });

  const clusters = clusterAnswers(search.tree);
  const voters = clusters.reduce((sum, { leaves }) => sum + leaves.length, 0);
  for (const { leaves } of clusters) {
    for (const leaf of leaves) {
      const score = { value: leaves.length / voters, by: "vote" };
      leaf.scores.push(score);
      think.recorder.emit({ type: "step-scored", node: leaf.id, ...score });
    }
  }
  const [winner] = clusters;
  const reason =
    winner === undefined ? "no thought reached an answer" : `vote ${winner.leaves.length} of ${voters}`;
  return conclude(think, { question, tree: search.tree, drive, chosen: winner?.leaves[0], reason });
};
