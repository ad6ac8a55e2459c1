/**
 * Sojourn as a library: think about a question with any model, and keep or look at what happened. The rooms have entry
 * points of their own (`sojourn/search`, `sojourn/models`, ...).
 *
 * @example
 * const { log } = memoryRun({ command: "example", request: null, models: {}, seed: 0 });
 * const request = completeRequest({ strategy: "vote" });
 * const answer = await think({ id: "q1", text: "Is 9.11 or 9.7 larger?" }, request, { registry: createRegistry(), run: log });
 * console.log(answer.text, answer.usage);
 *
 * @module
 */
export { createRegistry } from "./models/registry.ts";
export { createRun, memoryRun, resumeRun } from "./runs/open-run.ts";
export type { Answer, Strategy, Thinking } from "./strategies/strategy.ts";
export { type ThinkOptions, type ThoughtThrough, think } from "./strategies/think.ts";
export { completeRequest, type ThinkRequest } from "./strategies/think-request.ts";
export { FailureError, InputError, SojournError } from "./thought/errors.ts";
export type { Event } from "./thought/event.ts";
export type { Question } from "./thought/question.ts";
