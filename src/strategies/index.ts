export { type SojournMiddlewareOptions, sojournMiddleware } from "./ai-sdk/middleware.ts";
export { createSojourn, type SojournOptions, type SojournProvider, sojourn } from "./ai-sdk/sojourn.ts";
export { type AskRequest, askRequestSchema } from "./ask-request.ts";
export { planStages, type Situation, type Stage } from "./auto/stages.ts";
export { type AnswerCluster, clusterAnswers, conclude, type Decision } from "./conclude.ts";
export { CONFIG_FILE, type Config, configSchema, readConfig } from "./config.ts";
export {
  DEFAULT_EFFORT,
  type Effort,
  type EffortSettings,
  effortSchema,
  effortSettings,
  efforts,
} from "./effort.ts";
export { growth } from "./growth.ts";
export { LiveThought } from "./live-thought.ts";
export { modelName, type NamedModel, parseModelName } from "./model-name.ts";
export {
  createPolicy,
  type Policy,
  type PolicyOptions,
  type ProposalRequest,
  type Proposed,
} from "./policy.ts";
export { findStrategy, type StrategyEntry, strategies } from "./registry.ts";
export { type Reply, type ReplyModels, type ReplyOptions, reply } from "./reply-to.ts";
export { runSearch, type SearchWorkers } from "./run-search.ts";
export { type PartialSettings, partialSettingsSchema, resolveSettings } from "./settings.ts";
export type { Answer, Candidate, Strategy, StrategySettings, Thinking } from "./strategy.ts";
export { type ThinkThroughOptions, type ThoughtThrough, thinkThrough } from "./think.ts";
export { type ModelChoice, type ThinkOptions, think } from "./think-aloud.ts";
export { type QuestionOutcome, type ThinkManyOptions, thinkMany } from "./think-many.ts";
export { completeRequest, DEFAULT_MODEL, type ThinkRequest, thinkRequestSchema } from "./think-request.ts";
