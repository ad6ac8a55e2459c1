export { type AutoChoice, type AutoSituation, chooseStrategy } from "./auto.ts";
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
export {
  createPolicy,
  type Policy,
  type PolicyOptions,
  type ProposalRequest,
  type Proposed,
} from "./policy.ts";
export { findStrategy, type StrategyEntry, strategies } from "./registry.ts";
export { runSearch, type SearchWorkers } from "./run-search.ts";
export { type PartialSettings, partialSettingsSchema, resolveSettings } from "./settings.ts";
export type { Answer, Candidate, Strategy, StrategySettings, Thinking } from "./strategy.ts";
export { type ThinkOptions, type ThoughtThrough, think } from "./think.ts";
export { completeRequest, DEFAULT_MODEL, type ThinkRequest, thinkRequestSchema } from "./think-request.ts";
