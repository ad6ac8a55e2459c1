import type { Backend } from "../models/backend.ts";
import { Budget, type Purse } from "../models/budget.ts";
import { createModelClient } from "../models/model-client.ts";
import type { ModelRegistry } from "../models/registry.ts";
import type { Checker } from "../problems/problem.ts";
import type { Reward } from "../rewards/reward.ts";
import type { RunLog } from "../runs/run-log.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import type { Question } from "../thought/question.ts";
import type { Role, Usage } from "../thought/usage.ts";
import type { Effort } from "./effort.ts";
import { openPrompts } from "./prompt.ts";
import { findStrategy, type StrategyEntry } from "./registry.ts";
import { extractSummary } from "./report/extract-summary.ts";
import { openReport } from "./report/open-report.ts";
import { loggedSettings, resolveSettings } from "./settings.ts";
import type { Answer, Thinking } from "./strategy.ts";
import { traceQuestion } from "./telemetry/trace-question.ts";
import type { ThinkRequest } from "./think-request.ts";

/** What a question is thought about with. */
export interface ThinkThroughOptions {
  registry: ModelRegistry;
  /** Where the question's events go; the same run resumes them. */
  run: RunLog;
  /** Verifies answers by rule; only where the caller names one. */
  checker?: Checker | undefined;
  /** A strategy of the caller's own, in place of the one that the request names. */
  entry?: StrategyEntry | undefined;
  /** A reward of the caller's own, see {@link Thinking.reward}. */
  reward?: Reward | undefined;
  /** Further context for a question or a sub-task. */
  recall?: Thinking["recall"];
  /** Only while training data is grown, see {@link Thinking.misses}. */
  misses?: Thinking["misses"];
  signal?: AbortSignal | undefined;
  /**
   * Ends the thinking when it fires, as a spent budget does: nothing more is asked, what is under way is stopped, and the
   * strategy returns its best answer so far.
   */
  enough?: AbortSignal | undefined;
  /** What other questions spend from as well; the thinking ends as by `enough` where nothing is left in it. */
  purse?: Purse | undefined;
  show?: Thinking["show"];
  /** False leaves no OpenTelemetry spans. Default: spans where the program has set OpenTelemetry up, see `telemetry/`. */
  telemetry?: boolean | undefined;
}

/** An answer and how it came about. */
export interface ThoughtThrough extends Answer {
  strategy: string;
  effort: Effort;
  model: string;
  usage: Usage;
  /** The thinking in short: its summaries where there are any, else the chosen thought's own most telling lines. */
  summary?: string | undefined;
  /** The answer as a writer put it for the user, where one did; it states the same as `text`. */
  written?: string | undefined;
  /** What backends could not do as asked, each once. */
  warnings: string[];
}

/**
 * Thinks about a question: picks models, strategy and settings, runs the strategy, and logs all of it. The one way in
 * for the CLI, the server and (below `think` of think-aloud.ts) programs.
 *
 * Throws an InputError for names that do not exist, a FailureError where the model does not know this kind of question
 * or cannot be reached, and the signal's reason when it fires.
 */
export async function thinkThrough(
  question: Question,
  request: ThinkRequest,
  options: ThinkThroughOptions,
): Promise<ThoughtThrough> {
  const { registry, run, checker, reward, recall, misses, enough, purse, show } = options;
  const { signal = new AbortController().signal } = options;
  if (question.text.trim() === "")
    throw new InputError('the question is empty; try: sojourn ask "What is 12 + 30?"');
  const models = openModels(request, registry);
  const { traits } = models.policy;
  if (traits.accepts?.(question.text) === false)
    throw new FailureError(traits.outOfScope ?? `${traits.name} does not know this`);

  const { effort } = request;
  const entry = options.entry ?? findStrategy(request.strategy);
  if (entry.needsInstructions === true && !traits.followsInstructions) {
    throw new InputError(
      `${entry.name} is not applicable to ${traits.name}, which follows no instructions; name another model, such as --model openai/NAME`,
    );
  }
  const layers = {
    asked: request.settings,
    strategy: entry.defaults,
    effort,
    effortAsked: request.effortAsked,
    configured: request.configured,
    order: models.policy.order,
  };
  const settings = resolveSettings(layers);

  if (settings.budget.usd !== undefined) checkPrices(models);

  const prompts = openPrompts(request.prompts);
  const log = run.question(question.id);
  const traced = await traceQuestion(
    log,
    { question: question.id, run: run.id, strategy: entry.name, effort, model: traits.name },
    options.telemetry,
  );
  const recorder = traced?.recorder ?? log;
  const { failedBefore, elapsedBeforeMs, timeUpAfter } = log;
  const budget = new Budget(settings.budget, { elapsedBeforeMs, enough, timeUpAfter, purse });
  budget.charge({
    tokens: failedBefore.inputTokens + failedBefore.estimatedOutputTokens,
    outputTokens: failedBefore.estimatedOutputTokens,
    calls: failedBefore.calls,
    usd: failedBefore.costUsd ?? 0,
  });
  const clientWith = (limits: Budget) =>
    createModelClient({
      model: models.default,
      roles: models.roles,
      recorder,
      budget: limits,
      seed: settings.seed,
      signal,
    });
  const client = clientWith(budget);
  const report = openReport({
    ...{ question, effort, settings, recorder, prompts, signal, budget, client, clientWith },
  });

  const session = async (): Promise<ThoughtThrough> => {
    recorder.emit({ type: "question-started", text: question });
    if (entry.choosesStrategy !== true) {
      const strategy = entry.name;
      recorder.emit({
        ...{ type: "strategy-chosen", strategy, settings: loggedSettings(settings), reason: "" },
      });
    }
    let answer: Answer;
    let written: string | undefined;
    try {
      answer = await entry.run(question, {
        ...{ client, settings, layers, prompts, checker, reward, recall, misses, signal, show },
        recorder: report?.recorder ?? recorder,
      });
      written = await report?.finish(answer);
    } finally {
      report?.cancel();
    }
    const { usage } = log;
    recorder.emit({ type: "question-finished", stopReason: answer.stopReason, usage });
    return {
      ...answer,
      strategy: answer.strategy ?? entry.name,
      effort,
      model: traits.name,
      usage,
      summary: report?.summary ?? summaryOf(answer),
      written,
      warnings: [...client.warnings],
    };
  };
  return traced === undefined ? session() : traced.within(session);
}

/** The chosen thought in short, for an answer whose thinking was not summed up. */
function summaryOf({ thought, text }: Answer): string | undefined {
  if (thought.length === 0) return undefined;
  const steps = thought.map((step) => ({ kind: "step" as const, text: step }));
  return extractSummary([...steps, ...(text === undefined ? [] : [{ kind: "answer" as const, text }])]);
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
