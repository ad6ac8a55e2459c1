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
export { type Cluster, clusteredProportion } from "./clustered-proportion.ts";
export { type CompareOptions, compareSets } from "./compare/compare-sets.ts";
export type { Cells, ComparedRow, Comparison, Contrast, SetResult } from "./compare/comparison.ts";
export { comparisonMarkdown } from "./compare/comparison-markdown.ts";
export { evaluationSet } from "./compare/evaluation-set.ts";
export type { GradedSample, GradedSet } from "./compare/graded-set.ts";
export { pairedPermutationTest } from "./compare/permutation-test.ts";
export { type ChosenProblems, chooseProblems } from "./eval/choose-problems.ts";
export { type EvaluationReport, evaluationReport } from "./eval/evaluation-report.ts";
export type { EvaluationRequest, ProblemChoice } from "./eval/evaluation-request.ts";
export type { EvaluationRecord } from "./eval/fold-evaluation.ts";
export { type Evaluation, readEvaluation } from "./eval/read-evaluation.ts";
export { type RunEvaluationOptions, runEvaluation } from "./eval/run-evaluation.ts";
export { type WrittenReport, writeReport } from "./eval/write-report.ts";
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
