/**
 * Sojourn as a library: think about a question with any model, and keep or look at what happened. The rooms have entry
 * points of their own (`sojourn/search`, `sojourn/models`, ...).
 *
 * @example
 * const { text, usage } = await think("Is 9.11 or 9.7 larger?", { strategy: "vote", samples: 9 });
 *
 * @example
 * for await (const event of think("What is 347 + 586?")) if (event.type === "step-added") console.log(event.text);
 *
 * @module
 */
export { backendOf } from "./models/backend-of.ts";
export { createRegistry } from "./models/registry.ts";
export { createRun, memoryRun, resumeRun } from "./runs/open-run.ts";
export { type SojournMiddlewareOptions, sojournMiddleware } from "./strategies/ai-sdk/middleware.ts";
export {
  createSojourn,
  type SojournOptions,
  type SojournProvider,
  sojourn,
} from "./strategies/ai-sdk/sojourn.ts";
export { readConfig } from "./strategies/config.ts";
export { LiveThought } from "./strategies/live-thought.ts";
export { type NamedModel, parseModelName } from "./strategies/model-name.ts";
export { type Reply, type ReplyModels, type ReplyOptions, reply } from "./strategies/reply-to.ts";
export type { Answer, Strategy, Thinking } from "./strategies/strategy.ts";
export { type ThinkThroughOptions, type ThoughtThrough, thinkThrough } from "./strategies/think.ts";
export { type ModelChoice, type ThinkOptions, think } from "./strategies/think-aloud.ts";
export { type QuestionOutcome, type ThinkManyOptions, thinkMany } from "./strategies/think-many.ts";
export { completeRequest, type ThinkRequest } from "./strategies/think-request.ts";
export { FailureError, InputError, SojournError } from "./thought/errors.ts";
export type { Event } from "./thought/event.ts";
export { fold } from "./thought/fold.ts";
export { foldThoughts, type Thought } from "./thought/fold-thought.ts";
export { foldTrees } from "./thought/fold-tree.ts";
export { foldUsage } from "./thought/fold-usage.ts";
export type { Question } from "./thought/question.ts";
export { shortcuts, walkDepthFirst } from "./thought/traverse.ts";
export type { Tree, TreeNode } from "./thought/tree.ts";
