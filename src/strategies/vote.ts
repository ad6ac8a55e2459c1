import { equivalent } from "../rewards/equivalent.ts";
import { type AdaptiveVote, adaptiveVote } from "../search/adaptive-vote.ts";
import { conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { thoughtReward } from "./reward-for.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Self-consistency (Wang et al., arXiv 2203.11171) that stops once its answer is settled (Aggarwal et al., arXiv
 * 2305.11860): samples thoughts and takes the answer that most of them reach. Answers are compared, not texts; where the
 * settings name a reward, it weighs each vote. Each leaf is scored with the share of the votes that agree with it.
 */
export const vote: Strategy = async (question, think) => {
  const { samples, confidence, order, reward: named } = think.settings;
  const reward = named === "auto" && think.reward === undefined ? undefined : thoughtReward(think);
  // Which calls come to their end before a vote cancels them is left to chance, which `asked` rules out.
  const cancels = order === "arrival" && confidence < 1;
  const search = adaptiveVote({
    samples,
    confidence,
    score: reward !== undefined,
    cancels,
    same: equivalent,
  });
  const policy = createPolicy(question, think, { style: "steps", cancellable: cancels });
  const drive = await runSearch(question, think, search, { policy, reward });

  const voters = [...search.tree.nodes()].filter((node) => node.answer !== undefined);
  const shares = voters.map((leaf) => ({ leaf, value: search.support(leaf).share }));
  for (const { leaf, value } of shares) {
    const score = { value, by: "vote" };
    leaf.scores.push(score);
    think.recorder.emit({ type: "step-scored", node: leaf.id, ...score });
  }
  const reason = reasonOf(search, { voters: voters.length, weighedBy: reward?.name, confidence });
  return conclude(think, { question, tree: search.tree, drive, chosen: search.best(), reason });
};

/**
 * What decided: `vote 3 of 5`, and where samples were spared why: `vote 4 of 4, 97% sure`, or `vote 3 of 3, 2 more cannot
 * change it`.
 */
function reasonOf(
  search: AdaptiveVote,
  { voters, weighedBy, confidence }: { voters: number; weighedBy: string | undefined; confidence: number },
): string {
  const winner = search.best();
  if (winner === undefined) return "no thought reached an answer";
  const counted = `vote ${search.support(winner).leaves.length} of ${voters}`;
  const weighed = weighedBy === undefined ? counted : `${counted}, weighed by ${weighedBy}`;
  if (!search.finished || search.spared === 0) return weighed;
  return search.confidence >= confidence
    ? `${weighed}, ${Math.floor(100 * search.confidence)}% sure`
    : `${weighed}, ${search.spared} more cannot change it`;
}
