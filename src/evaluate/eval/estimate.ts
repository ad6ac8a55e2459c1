import { z } from "zod";
import type { Backend } from "../../models/backend.ts";
import { defined } from "../../models/defined.ts";
import { costOf } from "../../models/prices.ts";
import type { ModelRegistry } from "../../models/registry.ts";
import { scriptedBackend } from "../../models/scripted.ts";
import { treeReply } from "../../models/scripted-tree.ts";
import { countTokens } from "../../models/tokens.ts";
import type { Checker, Problem } from "../../problems/problem.ts";
import { memoryRun } from "../../runs/open-run.ts";
import { scriptedRoles } from "../../strategies/scripted-roles.ts";
import { resolveSettings } from "../../strategies/settings.ts";
import { thinkThrough } from "../../strategies/think.ts";
import type { ThinkRequest } from "../../strategies/think-request.ts";
import { FailureError } from "../../thought/errors.ts";
import type { EventOf } from "../../thought/event.ts";
import type { Question } from "../../thought/question.ts";
import { type Role, roleSchema } from "../../thought/usage.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";

/** What an evaluation would take, all questions together. */
export interface EstimatedUse {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** US dollars; null where no price is known. */
  costUsd: number | null;
}

/** What an evaluation would come to. */
export interface Estimate {
  problems: number;
  questions: number;
  /** Questions that were thought about with a scripted model in place of the real one; 0 where no model is asked. */
  rehearsed: number;
  /** Output tokens of a sample that `low` and `high` assume. */
  tokensPerSample: number;
  /** Where thoughts agree, so that whatever stops early does. */
  low: EstimatedUse;
  /** Where no thoughts agree. */
  high: EstimatedUse;
  /** Where besides every sample is as long as it may be, within the budget. */
  most: EstimatedUse;
}

/** Questions that are rehearsed, from all over the problems. */
const REHEARSED = 3;

/** Output tokens of a sample where nobody knows: a chain of thought about a school problem. */
const TOKENS_PER_SAMPLE = 400;

const nothing: EstimatedUse = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/**
 * Estimates an evaluation without sending anything: a few of its questions are thought about by the same strategy with
 * the same settings and prompts, with a scripted model in the place of each real one, once with samples that agree and once
 * with samples that do not. That says how many calls it takes and what stands in them; how long a real model's replies are
 * nobody knows before.
 *
 * Throws what thinking itself would throw before its first call: an InputError or a FailureError that says what to do.
 */
export async function estimateEvaluation(
  { answers, samples }: EvaluationRequest,
  problems: readonly Problem[],
  { registry, checker }: { registry: ModelRegistry; checker?: Checker | undefined },
): Promise<Estimate> {
  const questions = problems.length * samples;
  const counts = { problems: problems.length, questions };
  if (answers.by === "replay")
    return { ...counts, rehearsed: 0, tokensPerSample: 0, low: nothing, high: nothing, most: nothing };
  const { think } = answers;
  const real = (role: Role): Backend => registry.open(think.roles[role] ?? think.model);
  const chosen = spread(problems, REHEARSED);
  const rehearseAll = async (agreeing: boolean): Promise<RehearsedCall[]> => {
    const calls: RehearsedCall[] = [];
    for (const { question } of chosen)
      calls.push(...(await rehearse(question, { think, real, checker }, agreeing)));
    return calls;
  };
  const scale = questions / chosen.length;
  const estimated = (calls: readonly RehearsedCall[], tokensPerSample: number): EstimatedUse =>
    sumOf(calls, { scale, tokensPerSample, real });
  const [agreeing, apart] = [await rehearseAll(true), await rehearseAll(false)];
  const bounds = boundsOf(think, real("policy"));
  const longest = estimated(apart, Number.POSITIVE_INFINITY);
  return {
    ...{ ...counts, rehearsed: chosen.length, tokensPerSample: TOKENS_PER_SAMPLE },
    low: estimated(agreeing, TOKENS_PER_SAMPLE),
    high: estimated(apart, TOKENS_PER_SAMPLE),
    most: {
      ...longest,
      outputTokens: Math.min(longest.outputTokens, questions * bounds.outputTokens),
      costUsd: longest.costUsd === null ? null : Math.min(longest.costUsd, questions * bounds.usd),
    },
  };
}

/** What rehearsed calls come to, as often as they stand for. */
function sumOf(
  calls: readonly RehearsedCall[],
  how: { scale: number; tokensPerSample: number; real: (role: Role) => Backend },
): EstimatedUse {
  const { scale, tokensPerSample, real } = how;
  const use = { calls: 0, inputTokens: 0, outputTokens: 0 };
  let costUsd: number | null = 0;
  for (const { role, requests, inputTokens, samples, maxTokens } of calls) {
    const outputTokens = samples * Math.min(maxTokens, tokensPerSample);
    use.calls += scale * requests;
    use.inputTokens += scale * inputTokens;
    use.outputTokens += scale * outputTokens;
    const cost = costOf(real(role).price, inputTokens, outputTokens);
    costUsd = costUsd === null || cost === null ? null : costUsd + scale * cost;
  }
  const { round } = Math;
  return {
    calls: round(use.calls),
    inputTokens: round(use.inputTokens),
    outputTokens: round(use.outputTokens),
    costUsd,
  };
}

/** What questions are rehearsed with. */
interface Rehearsal {
  think: ThinkRequest;
  /** The model that will play a role. */
  real: (role: Role) => Backend;
  checker?: Checker | undefined;
}

interface RehearsedCall {
  role: Role;
  inputTokens: number;
  samples: number;
  /** As many as the real model needs for these samples. */
  requests: number;
  maxTokens: number;
}

const requestSchema = z.object({ parameters: z.object({ maxTokens: z.number() }) });

/** What a question's thinking asks for, with scripted models; throws a FailureError where it cannot even begin. */
async function rehearse(
  question: Question,
  { think, real, checker }: Rehearsal,
  agreeing: boolean,
): Promise<RehearsedCall[]> {
  const opened = new Map<string, Backend>();
  const registry: ModelRegistry = {
    open(role) {
      const backend = opened.get(role) ?? standIn(roleSchema.parse(role), real, agreeing);
      opened.set(role, backend);
      return backend;
    },
    list: () => [],
  };
  const roles = Object.fromEntries(roleSchema.options.map((role) => [role, role]));
  const { log, events } = memoryRun({ command: "eval", request: {}, models: {}, seed: 0 });
  const begun = (): boolean => events.some(({ type }) => type === "call-finished");
  try {
    await thinkThrough(question, { ...think, model: "policy", roles }, { registry, run: log, checker });
  } catch (error) {
    // A script that loses the thread has said what it was asked until then.
    if (!(error instanceof FailureError) || !begun()) throw error;
  }
  return events.flatMap((event) =>
    event.type === "call-finished" ? [rehearsedCall(event, real(event.role))] : [],
  );
}

/** A model that plays a role by a script, with the name and the traits of the one that will. */
function standIn(role: Role, real: Rehearsal["real"], agreeing: boolean): Backend {
  const { name, followsInstructions, prefill, logprobs, accepts, outOfScope } = real(role).traits;
  const script = scriptedRoles[role] ?? ((prompt, _sample, seed) => treeReply(prompt, agreeing ? 0 : seed));
  return scriptedBackend({
    name,
    traits: { followsInstructions, prefill, logprobs, ...defined({ accepts, outOfScope }) },
    reply: (prompt, sample, seed) => {
      const said = script(prompt, sample, seed);
      return { meanLogprob: -0.5, ...(typeof said === "string" ? { text: said } : said) };
    },
  });
}

function rehearsedCall(call: EventOf<"call-finished">, { learnt }: Backend): RehearsedCall {
  const { parameters, ...prompt } = z.looseObject({ parameters: z.unknown() }).parse(call.request);
  const samples = call.samples.length;
  return {
    role: call.role,
    inputTokens: countTokens(JSON.stringify(prompt)),
    samples,
    requests: Math.ceil(samples / learnt.samplesPerRequest),
    maxTokens: requestSchema.parse({ parameters }).parameters.maxTokens,
  };
}

/** What a question's budget lets it cost at most. */
function boundsOf(
  { settings, configured, effort, effortAsked }: ThinkRequest,
  { order }: Backend,
): { outputTokens: number; usd: number } {
  const { budget } = resolveSettings({
    ...{ asked: settings, strategy: {}, effort, effortAsked, configured, order },
  });
  const { tokens, outputTokens, usd } = budget;
  return {
    outputTokens: Math.min(tokens ?? Number.POSITIVE_INFINITY, outputTokens ?? Number.POSITIVE_INFINITY),
    usd: usd ?? Number.POSITIVE_INFINITY,
  };
}

/** At most so many values, from all over the list. */
function spread<Value>(values: readonly Value[], most: number): Value[] {
  const step = Math.max(1, values.length / most);
  return values.filter((_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step));
}
