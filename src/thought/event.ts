import { z } from "zod";
import { questionSchema } from "./question.ts";
import { roleSchema, tokenUsageSchema, usageSchema } from "./usage.ts";

/**
 * Everything that happens is one of these events, `<noun>-<past verb>`, one JSON object a line in a run's
 * `events.jsonl`. The log is the only truth: trees, thoughts, usage and live views are folds over it.
 *
 * Call events stand where they were flushed, so their place depends on what arrived first. All other events of
 * a question stand in the order in which the strategy emitted them, and a resumed strategy emits them again.
 */

/** JSON as it may stand in a log. Every call carries some, and zod's own schema tries six forms on each value of it. */
const jsonSchema = z.custom<z.infer<ReturnType<typeof z.json>>>(isJson, "not JSON");

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  // What is undefined is left out when it is written.
  return value === null || Object.values(value).every((part) => part === undefined || isJson(part));
}

/** Why a model stopped. `stop` also covers a stop sequence; `length` is the token limit. */
export const finishReasonSchema = z.enum([
  "stop",
  "length",
  "content-filter",
  "tool-calls",
  "error",
  "other",
]);
export type FinishReason = z.infer<typeof finishReasonSchema>;

const callSampleSchema = z.strictObject({
  /** Which of the asked samples this is; counts on over top-up calls. */
  index: z.int().nonnegative(),
  text: z.string(),
  /** Hidden or marked thinking, where the backend gives it apart from the text. */
  reasoning: z.string().optional(),
  finishReason: finishReasonSchema,
  /** Mean log-probability of the sample's tokens, where the backend has it. */
  meanLogprob: z.number().optional(),
  /** The probability of each word of a choice, where the sample is one and the backend has them; they sum to 1. */
  choices: z.record(z.string(), z.number()).optional(),
});
/** One of the texts that one call brought back. */
export type CallSample = z.infer<typeof callSampleSchema>;

/** What one unit of search work is; see `search/search.ts`. */
export const taskSchema = z.strictObject({
  /** The parent node's id and an ordinal, or for a score task the node's id and a word. */
  id: z.string(),
  kind: z.enum(["expand", "roll-out", "score"]),
  /** The node to expand, to roll out from, or to score. */
  node: z.string(),
});
export type Task = z.infer<typeof taskSchema>;

/** Why a question ended. */
export const stopReasonSchema = z.enum(["answered", "budget", "no-answer"]);
export type StopReason = z.infer<typeof stopReasonSchema>;

const node = z.string();
const call = {
  /** Call site: which place in the strategy asked, such as `expand:0.1`. */
  site: z.string(),
  /** How many calls came before this one from the same site with the same sample index. */
  occurrence: z.int().nonnegative(),
  /** Hash over model, prompt and parameters: a resumed run may only reuse a call whose fingerprint agrees. */
  fingerprint: z.string(),
  role: roleSchema,
  /** `provider/model`. */
  model: z.string(),
  wallMs: z.number().nonnegative(),
  usage: tokenUsageSchema,
};

const bodies = [
  z.strictObject({
    type: z.literal("run-started"),
    run: z.string(),
    /** Version of this grammar. */
    schema: z.literal(1),
    /** The command, such as `ask`. */
    command: z.string(),
    /** Everything needed to do it again; the command's own schema reads it back. Holds no key. */
    request: jsonSchema,
    seed: z.int(),
    /** Version of Sojourn. */
    version: z.string(),
  }),
  z.strictObject({ type: z.literal("run-finished") }),

  z.strictObject({ type: z.literal("question-started"), text: questionSchema }),
  z.strictObject({
    type: z.literal("strategy-chosen"),
    strategy: z.string(),
    /** The settings it runs with, defaults filled in. */
    settings: z.record(z.string(), jsonSchema),
    reason: z.string(),
  }),
  z.strictObject({ type: z.literal("tasks-asked"), slots: z.int().positive(), tasks: z.array(taskSchema) }),
  z.strictObject({
    type: z.literal("task-told"),
    task: z.string(),
    outcome: z.enum(["done", "failed"]),
    /** One line, where it failed. */
    error: z.string().optional(),
  }),

  z.strictObject({
    type: z.literal("call-finished"),
    ...call,
    /** What was sent: messages and parameters. */
    request: jsonSchema,
    samples: z.array(callSampleSchema),
  }),
  z.strictObject({
    type: z.literal("call-failed"),
    ...call,
    /** `cancelled` calls were stopped by us; their tokens are estimated. */
    outcome: z.enum(["failed", "cancelled"]),
    error: z.string(),
  }),

  z.strictObject({
    type: z.literal("step-added"),
    node,
    /** The node it follows; the root's id is `0`. */
    parent: node,
    text: z.string(),
    /** Mean log-probability of its tokens, where known. */
    meanLogprob: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal("step-scored"),
    node,
    /** In [0, 1]. */
    value: z.number().min(0).max(1),
    /** The reward that gave it, such as `vote`, `likelihood` or `checker:countdown`. */
    by: z.string(),
    reason: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("step-pruned"), node, reason: z.string() }),
  z.strictObject({ type: z.literal("backtracked"), from: node, to: node }),
  z.strictObject({ type: z.literal("agent-spoke"), agent: z.string(), text: z.string() }),
  z.strictObject({
    type: z.literal("thought-cut"),
    /** The last node that stays of a thought that had begun to repeat itself or to fall apart. */
    node,
    reason: z.string(),
  }),
  z.strictObject({
    type: z.literal("summary-written"),
    /** The last node that it covers; each summary goes on where the one before ended. */
    node,
    text: z.string(),
  }),
  z.strictObject({
    type: z.literal("answer-proposed"),
    /** The leaf that holds the answer, where there is a tree. */
    node,
    answer: z.string(),
  }),
  z.strictObject({
    type: z.literal("answer-chosen"),
    node: node.optional(),
    answer: z.string(),
    /** What decided, such as `vote 3 of 5`. */
    reason: z.string(),
    /** True when a checker verified the answer by rule. */
    checked: z.boolean(),
    /** The answer as the writer put it for the user, where one did. */
    written: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("budget-exhausted"),
    limit: z.enum(["tokens", "outputTokens", "calls", "usd", "seconds"]),
    allowed: z.number(),
  }),
  z.strictObject({ type: z.literal("warning-raised"), text: z.string() }),
  z.strictObject({ type: z.literal("question-finished"), stopReason: stopReasonSchema, usage: usageSchema }),

  /** Only now, behind all thinking, does the log say which problem it was and what its reference answer is. */
  z.strictObject({
    type: z.literal("problem-revealed"),
    /** The problem's id, the same in every run over it: what runs are paired by. */
    problem: z.string(),
    /** Which of several thoughts about the problem this one is, from 0. */
    sample: z.int().nonnegative(),
    /** `gym`, or the benchmark's name. */
    source: z.string(),
    /** The gym's family or the benchmark's subject. */
    family: z.string(),
    gold: z.string(),
    /** What reports group by besides the family, such as `level`. */
    tags: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal("answer-graded"),
    /** The leaf whose answer was graded; absent for the answer that was chosen. */
    node: node.optional(),
    /** Absent where there is none, which is not correct. */
    answer: z.string().optional(),
    correct: z.boolean(),
    reason: z.string(),
  }),
] as const;

const eventBodySchema = z.discriminatedUnion("type", bodies);

/** What happened, without when and to which question. */
export type EventBody = z.infer<typeof eventBodySchema>;
/** What kind of thing happened: `step-added` and its like. */
export type EventType = EventBody["type"];

/** The body of one type of event. */
export type EventOf<Type extends EventType> = Extract<EventBody, { type: Type }>;

/** Fields that every event carries. */
export interface Envelope {
  /** Milliseconds since the epoch. The only field in which two runs with one seed may differ. */
  at: number;
  /** The question's id; absent for events of the run itself. */
  question?: string | undefined;
}

/** What happened, when, and to which question: one line of a log. */
export type Event = EventBody & Envelope;

const envelope = { at: z.number(), question: z.string().optional() };

/** Reads one event from parsed JSON; refuses unknown types and unknown fields. */
export const eventSchema: z.ZodType<Event> = z.discriminatedUnion(
  "type",
  // Each member gains the envelope; zod needs a non-empty tuple, which `map` forgets.
  bodies.map((body) => body.extend(envelope)) as unknown as typeof bodies,
) as unknown as z.ZodType<Event>;

/** True for the events of single model calls, whose place in the log is the order of arrival. */
export function isCallEvent(event: EventBody): boolean {
  return event.type === "call-finished" || event.type === "call-failed";
}
