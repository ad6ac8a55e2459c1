import type { z } from "zod";
import { questionSeed } from "../../models/seeds.ts";
import type { Effort } from "../../strategies/effort.ts";
import { findStrategy, type StrategyEntry } from "../../strategies/registry.ts";
import { type PartialSettings, resolveSettings } from "../../strategies/settings.ts";
import { completeRequest, type ThinkRequest } from "../../strategies/think-request.ts";
import type { Question } from "../../thought/question.ts";
import type { ServerContext } from "../context.ts";
import type { ReasoningMode } from "../serving.ts";
import { type AnswerSchema, readForm } from "./answer-form.ts";
import { ApiError } from "./api-error.ts";
import type { SojournOptions } from "./sojourn-options.ts";

/** What a request of any of the APIs asks for, in the APIs' words. */
export interface Parameters {
  model: string;
  question: Omit<Question, "id">;
  effort?: Effort | null | undefined;
  /** Bounds the output tokens of all calls of a choice, thinking included. */
  maxOutputTokens?: number | null | undefined;
  temperature?: number | null | undefined;
  topP?: number | null | undefined;
  seed?: number | null | undefined;
  choices?: number | null | undefined;
  stop?: string | string[] | null | undefined;
  /** Where the answer has to be a JSON object: its schema, if there is one, and the parameter that says so. */
  form?: { schema?: AnswerSchema | undefined; param: string } | undefined;
  reasoning: ReasoningMode;
  /** `settings` and `checker` of the request's own. */
  options?: SojournOptions | null | undefined;
}

/** What a request asks for, in our words. */
export interface Asked {
  question: Omit<Question, "id">;
  /** How each choice is thought about; the seed is that of the first. */
  think: ThinkRequest;
  checker?: string | undefined;
  choices: number;
  /** The answer ends before the first of these texts. */
  stop: readonly string[];
  /** What the answer has to fit, where it has to be a JSON object. */
  form?: z.ZodType | undefined;
  reasoning: ReasoningMode;
  /**
   * What the pieces of text are that the backend streams, where there is a single thought: the answer itself, or a thought
   * that ends in it. Undefined where only committed steps tell.
   */
  live: "answer" | "thought" | undefined;
}

/**
 * Works out what a request asks for. Throws an ApiError where the model does not exist or does not know this kind of
 * question, an InputError for a strategy that does not fit the model.
 */
export function readParameters(parameters: Parameters, context: ServerContext): Asked {
  const { question, options, reasoning, stop, form: asJson } = parameters;
  const { asked, checker } = context.models.find(parameters.model);
  const effort = parameters.effort != null && { effort: parameters.effort };
  const named = completeRequest({ ...asked, ...effort }, context.config);
  checkKind(question.text, named, context);
  const form = asJson && formOf(asJson, named, context);
  const own = { ...asked.settings, ...options?.settings };
  const streams = streamsOf(findStrategy(named.strategy), named.effort, own);
  // An answer on its way into a form is not to be seen.
  const live = form !== undefined && streams === "answer" ? undefined : streams;
  return {
    question,
    think: { ...named, settings: settingsOf(own, named, { parameters, live, context }) },
    checker: options?.checker ?? checker,
    choices: parameters.choices ?? 1,
    stop: typeof stop === "string" ? [stop] : (stop ?? []),
    ...{ form, reasoning, live },
  };
}

/** The settings that a request asks for over those of its model. */
function settingsOf(
  own: PartialSettings,
  named: ThinkRequest,
  { parameters, live, context }: { parameters: Parameters; live: Asked["live"]; context: ServerContext },
): PartialSettings {
  const { temperature, topP, seed, maxOutputTokens: most, reasoning, form } = parameters;
  const { seconds = Number.POSITIVE_INFINITY, ...limits } = own.budget ?? {};
  const settings: PartialSettings = {
    ...own,
    ...(temperature != null && { temperature }),
    ...(topP != null && { topP }),
    ...(seed != null && { seed: naturalSeed(seed) }),
    ...(reasoning === "summary" && { summaries: true }),
    // What has been streamed as the answer is the answer, and so is what has a form.
    ...((live === "answer" || form !== undefined) && { writer: false }),
    budget: { ...limits, seconds: Math.min(seconds, context.serving.seconds) },
  };
  if (most == null) return settings;
  const { effort, effortAsked, configured, strategy } = named;
  const { defaults } = findStrategy(strategy);
  const layers = { asked: settings, strategy: defaults, effort, effortAsked, configured };
  const usual = resolveSettings({ ...layers, order: "asked" }).maxTokens;
  return {
    ...settings,
    // A single thought may take all of it; one of many takes no more than it would without the limit.
    maxTokens: live === undefined ? Math.min(most, usual) : most,
    budget: { ...settings.budget, outputTokens: Math.min(most, limits.outputTokens ?? most) },
  };
}

/** Reads the form of the answer. Throws an ApiError where the writer could not be told of it. */
function formOf(
  { schema, param }: NonNullable<Parameters["form"]>,
  { model, roles }: ThinkRequest,
  { registry }: ServerContext,
): z.ZodType {
  const { name, followsInstructions } = registry.open(roles.writer ?? model).traits;
  if (followsInstructions) return readForm(schema, param);
  const message = `Unsupported value: '${param}': ${name} follows no instructions, so it can put nothing into a form.`;
  throw new ApiError(message, { status: 400, code: "unsupported_value", param });
}

/** What a strategy's text is where it has a single thought, however it came to have just one. */
function streamsOf(
  { choosesStrategy = false, streams, defaults }: StrategyEntry,
  effort: Effort,
  { samples = defaults.samples }: PartialSettings,
): Asked["live"] {
  if (!choosesStrategy) return samples === 1 ? streams : undefined;
  // Up to minimal effort `auto` has one thought; from there on that cannot be known before it has chosen.
  return effort === "none" ? "answer" : effort === "minimal" ? "thought" : undefined;
}

function checkKind(text: string, { model, roles }: ThinkRequest, { registry }: ServerContext): void {
  const { traits } = registry.open(roles.policy ?? model);
  if (traits.accepts?.(text) !== false) return;
  const message = traits.outOfScope ?? `${traits.name} does not know this kind of question`;
  throw new ApiError(message, { status: 400, code: "question_out_of_scope", param: "messages" });
}

/** The API has seeds below 0, which backends do not. */
function naturalSeed(seed: number): number {
  return seed >= 0 ? seed : questionSeed(-seed, "below zero");
}
