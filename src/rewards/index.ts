export { type Aggregation, aggregateScore } from "./aggregate.ts";
export { checkerReward } from "./checker.ts";
export { combinedReward } from "./combined.ts";
export { canonicalAnswer, equivalent } from "./equivalent.ts";
export { type FormulaFault, formulaText, parseFormula, type RewardFormula } from "./formula.ts";
export { likelihoodReward } from "./likelihood.ts";
export { type Reward, type Scored, ScoreFailure, type Scoring } from "./reward.ts";
export { voteReward } from "./vote.ts";
export { withinBounds } from "./within-bounds.ts";
