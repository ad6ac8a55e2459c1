import type { Backend } from "../models/backend.ts";
import { Budget } from "../models/budget.ts";
import type { ModelTraits } from "../models/client.ts";
import { defined } from "../models/defined.ts";
import { createModelClient } from "../models/model-client.ts";
import type { ModelRegistry } from "../models/registry.ts";
import type { Checker } from "../problems/problem.ts";
import type { RunLog } from "../runs/run-log.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import type { EventOf } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";
import type { Role, Usage } from "../thought/usage.ts";
import { chooseStrategy } from "./auto.ts";
import type { Effort } from "./effort.ts";
import { openPrompts } from "./prompt.ts";
import { findStrategy, type StrategyEntry } from "./registry.ts";
import { resolveSettings } from "./settings.ts";
import type { Answer, StrategySettings, Thinking } from "./strategy.ts";
import type { ThinkRequest } from "./think-request.ts";

/** What a question is thought about with. */
export interface ThinkOptions {
  registry: ModelRegistry;
  /** Where the question's events go; the same run resumes them. */
  run: RunLog;
  /** Verifies answers by rule; only where the caller names one. */
  checker?: Checker | undefined;
  /** Further context for a question or a sub-task. */
  recall?: Thinking["recall"];
  /** Only while training data is grown, see {@link Thinking.misses}. */
  misses?: Thinking["misses"];
  signal?: AbortSignal | undefined;
  show?: Thinking["show"];
}

/** An answer and how it came about. */
export interface ThoughtThrough extends Answer {
  strategy: string;
  effort: Effort;
  model: string;
  usage: Usage;
  /** What backends could not do as asked, each once. */
  warnings: string[];
}

/**
 * Thinks about a question: picks models, strategy and settings, runs the strategy, and logs all of it. The one way in
 * for the CLI, the server and programs.
 *
 * Throws an InputError for names that do not exist, a FailureError where the model does not know this kind of question
 * or cannot be reached, and the signal's reason when it fires.
 */
export async function think(
  question: Question,
  request: ThinkRequest,
  options: ThinkOptions,
): Promise<ThoughtThrough> {
  const { registry, run, checker, recall, misses, signal = new AbortController().signal, show } = options;
  if (question.text.trim() === "")
    throw new InputError('the question is empty; try: sojourn ask "What is 12 + 30?"');
  const models = openModels(request, registry);
  const { traits } = models.policy;
  if (traits.accepts?.(question.text) === false)
    throw new FailureError(traits.outOfScope ?? `${traits.name} does not know this`);

  const { effort } = request;
  const { entry, reason } = pickStrategy(request.strategy, { effort, checker, traits });
  if (entry.needsInstructions === true && !traits.followsInstructions) {
    throw new InputError(
      `${entry.name} is not applicable to ${traits.name}, which follows no instructions; name another model, such as --model openai/NAME`,
    );
  }
  const settings = resolveSettings({
    asked: request.settings,
    strategy: entry.defaults,
    effort,
    effortAsked: request.effortAsked,
    configured: request.configured,
    order: models.policy.order,
  });

  if (settings.budget.usd !== undefined) checkPrices(models);

  const prompts = openPrompts(request.prompts);
  const recorder = run.question(question.id);
  const budget = new Budget(settings.budget, { elapsedBeforeMs: recorder.elapsedBeforeMs });
  const { failedBefore } = recorder;
  budget.charge({
    tokens: failedBefore.inputTokens + failedBefore.estimatedOutputTokens,
    calls: failedBefore.calls,
    usd: failedBefore.costUsd ?? 0,
  });
  const client = createModelClient({
    model: models.default,
    roles: models.roles,
    recorder,
    budget,
    seed: settings.seed,
    signal,
  });

  recorder.emit({ type: "question-started", text: question });
  recorder.emit({ type: "strategy-chosen", strategy: entry.name, settings: asLogged(settings), reason });
  const answer = await entry.run(question, {
    ...{ client, recorder, settings, prompts, checker, recall, misses, signal, show },
  });
  const { usage } = recorder;
  recorder.emit({ type: "question-finished", stopReason: answer.stopReason, usage });
  return {
    ...answer,
    strategy: entry.name,
    effort,
    model: traits.name,
    usage,
    warnings: [...client.warnings],
  };
}

interface OpenedModels {
  default: Backend;
  roles: Partial<Record<Role, Backend>>;
  policy: Backend;
}

function openModels(request: ThinkRequest, registry: ModelRegistry): OpenedModels {
  const byDefault = registry.open(request.model);
  const roles = Object.fromEntries(
    Object.entries(request.roles).map(([role, name]) => [role, registry.open(name)]),
  );
  return { default: byDefault, roles, policy: roles["policy"] ?? byDefault };
}

/** Throws an InputError for a model without a price, which no budget in dollars can hold. */
function checkPrices({ default: byDefault, roles }: OpenedModels): void {
  const unpriced = [byDefault, ...Object.values(roles)].find(({ price }) => price === null);
  if (unpriced === undefined) return;
  throw new InputError(
    `a budget in dollars needs the price of ${unpriced.traits.name}: set prices for it in sojourn.yaml or use --budget-tokens`,
  );
}

function pickStrategy(
  name: string,
  { effort, checker, traits }: { effort: Effort; checker: Checker | undefined; traits: ModelTraits },
): { entry: StrategyEntry; reason: string } {
  if (name !== "auto") return { entry: findStrategy(name), reason: "" };
  const choice = chooseStrategy({ effort, hasChecker: checker !== undefined, hasLogprobs: traits.logprobs });
  return { entry: findStrategy(choice.strategy), reason: choice.reason };
}

/** Settings in the form of a log: plain JSON, without the limits that are not set. */
function asLogged({ budget, ...settings }: StrategySettings): EventOf<"strategy-chosen">["settings"] {
  return { ...settings, budget: { ...defined(budget) } };
}
