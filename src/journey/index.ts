export {
  type JourneyLine,
  journeyLineSchema,
  type LineKind,
  type PreferenceLine,
  preferenceLineSchema,
  type StepLabelLine,
  stepLabelLineSchema,
  type ThoughtKind,
  type ThoughtLine,
  thoughtLineSchema,
} from "./dataset.ts";
export { type Distilled, distilledLines } from "./distill/distilled-lines.ts";
export { type FilteredProblems, filterProblems, filterRules } from "./distill/filter-problems.ts";
export { type Exported, exportLines } from "./export/export-lines.ts";
export type { ExportFormat } from "./export/format.ts";
export { exportFormats, findExportFormat } from "./export/formats.ts";
export { GROW, type GrownTree, type GrowOptions, growTrees } from "./grow/grow-trees.ts";
export { type Augmentation, type AugmentedThoughts, augmentThoughts } from "./human/augment.ts";
export { type HumanThought, humanThoughtSchema } from "./human/human-thought.ts";
export { readJsonLines, writeJsonLines } from "./jsonl.ts";
export { type GradedRun, type GradedThought, readGradedRun } from "./read-trees.ts";
export { mergeTree } from "./weave/merged-tree.ts";
export { chooseShortcuts, type ShortcutChoice } from "./weave/shortcut.ts";
export { traceOf } from "./weave/trace.ts";
export { type Beat, type WalkOptions, walkTree } from "./weave/walk.ts";
export { type DraftedJourney, type WovenArm, type WovenRuns, weave } from "./weave/weave.ts";
export { type WeaveFolderOptions, type WeaveReport, weaveFolder } from "./weave/weave-folder.ts";
export { type Arm, type WeaveRequest, weaveRequestSchema } from "./weave/weave-request.ts";
export { type Wording, type Woven, type WovenLine, wordWalk } from "./weave/wording.ts";
export { type WriteManyOptions, type Written, writeMany } from "./write-many.ts";
export type { WritingTask } from "./writing.ts";
