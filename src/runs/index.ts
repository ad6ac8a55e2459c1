export type { Comparison, Filter, FilterTerm, FilterTest } from "./filter/filter.ts";
export { matchesFilter } from "./filter/match-filter.ts";
export { parseFilter } from "./filter/parse-filter.ts";
export { type OpenedLog, openLog, readLog, scanLog } from "./log.ts";
export type { LogDamage, LogEnd } from "./log-parser.ts";
export type { LogSummary } from "./log-summary.ts";
export { type RunManifest, type RunState, readManifest, type Session } from "./manifest.ts";
export {
  createRun,
  type MemoryRun,
  memoryRun,
  type NewRun,
  type ResumedRun,
  type RunPlace,
  resumeRun,
} from "./open-run.ts";
export type { QuestionLog } from "./question-log.ts";
export { readEvent } from "./read-event.ts";
export type { LoggedSample, Recorder } from "./recorder.ts";
export { findRun, LOG_FILE, listRuns, runsRoot } from "./run-folder.ts";
export type { EventListener, RunLog } from "./run-log.ts";
export { type CompactOptions, type CompactReport, compactRuns } from "./store/compact-runs.ts";
export { RunStore } from "./store/run-store.ts";
export type { ThoughtOrder, ThoughtPage, ThoughtQuery } from "./store/thought-page.ts";
export type { CallRow, StepRow, ThoughtRow } from "./store/thought-row.ts";
export { type RunSummaries, type RunSummary, summarizeRun, summarizeRuns } from "./summary.ts";
