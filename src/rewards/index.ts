export { type Aggregation, aggregateScore } from "./aggregate.ts";
export { checkerReward } from "./checker.ts";
export { canonicalAnswer, equivalent } from "./equivalent.ts";
export { likelihoodReward } from "./likelihood.ts";
export type { Reward, Scored } from "./reward.ts";
export { voteReward } from "./vote.ts";
