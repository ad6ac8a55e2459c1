export { bestAtK, type RewardedSample } from "./best-at-k.ts";
export { type BootstrapOptions, bootstrapDifference } from "./bootstrap.ts";
export {
  areaUnderCurve,
  macroF1,
  matthewsCorrelation,
  type Prediction,
  predictAbove,
  type ScoredCase,
  type ThresholdResult,
  thresholdSweep,
} from "./classification.ts";
export { majorityAtK } from "./majority-at-k.ts";
export { mcnemarTest } from "./mcnemar.ts";
export { type Difference, formatDifference, pairedDifference } from "./paired-difference.ts";
export { passAtK } from "./pass-at-k.ts";
export {
  type FirstErrorCase,
  type FirstErrorResult,
  firstErrors,
  type MrScoreParts,
  mrScore,
  type ProcessResult,
  processBenchF1,
  processScores,
  type ScoredSolution,
} from "./process-scores.ts";
export { formatProportion, type Proportion, proportion } from "./proportion.ts";
export {
  type RecordText,
  readScoredSolutions,
  type ScoreColumns,
  type ScoredSolutions,
} from "./scored-solutions.ts";
