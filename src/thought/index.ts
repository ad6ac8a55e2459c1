export { type Collapse, findCollapse } from "./collapse.ts";
export { FailureError, InputError, messageOf, SojournError } from "./errors.ts";
export {
  type CallSample,
  type Envelope,
  type Event,
  type EventBody,
  type EventOf,
  type EventType,
  eventSchema,
  type FinishReason,
  isCallEvent,
  type StopReason,
  type Task,
} from "./event.ts";
export { type Fold, fold } from "./fold.ts";
export {
  applyToThought,
  emptyThought,
  foldThoughts,
  type ProposedAnswer,
  type Thought,
  type WalkMark,
} from "./fold-thought.ts";
export { applyToTree, foldTrees } from "./fold-tree.ts";
export { foldUsage } from "./fold-usage.ts";
export { nearestName } from "./nearest-name.ts";
export { type Question, questionSchema, type Turn, turnSchema } from "./question.ts";
export { hashText, Random } from "./random.ts";
export { analyzeStructure, MARKERS, type Marker, type ThoughtStructure } from "./structure.ts";
export { type Move, shortcuts, walkDepthFirst } from "./traverse.ts";
export { latestScore, pathTo, ROOT, type Score, stepsTo, Tree, type TreeNode } from "./tree.ts";
export {
  addTokenUsage,
  emptyTokenUsage,
  type Role,
  roleSchema,
  type TokenUsage,
  type Usage,
  usageSchema,
} from "./usage.ts";
