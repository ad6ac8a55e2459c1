export { groupAdvantages } from "./advantages.ts";
export type {
  LabelledThought,
  Preference,
  Thought,
} from "./data.ts";
export {
  labelledThoughtSchema,
  preferenceSchema,
  problemLineSchema,
  readData,
  thoughtSchema,
} from "./data.ts";
export { type HeadAccuracy, headAccuracy, headLines } from "./head-accuracy.ts";
export type { MethodJob } from "./method-job.ts";
export { type FineTuneOptions, fineTune } from "./openai/fine-tune.ts";
export { answerGrader, type GradedSample, type Grader, Policy, type SamplingSettings } from "./policy.ts";
export { type MethodRecipe, parseMethodRecipe, type RecipeOf, readMethodRecipe } from "./recipe.ts";
export { type AreaInterval, areasUnderCurves, type StepScores } from "./step-areas.ts";
export { trainMethod } from "./train-method.ts";
export { planTrl, type TrlPlan } from "./trl/plan.ts";
export { type RunTrlOptions, runTrl } from "./trl/run.ts";
export { completionRow, preferenceRow, promptRow } from "./trl/write-data.ts";
