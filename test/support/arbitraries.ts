import fc from "fast-check";
import { z } from "zod";
import type { Event, EventBody } from "../../src/thought/event.ts";
import type { TokenUsage } from "../../src/thought/usage.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });
const count = fc.nat({ max: 9999 });

/** Any usage of one call. */
export const tokenUsage: fc.Arbitrary<TokenUsage> = fc.record({
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  estimatedOutputTokens: count,
  calls: count,
  costUsd: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 100 })),
});

const call = {
  site: text,
  occurrence: count,
  fingerprint: text,
  role: fc.constantFrom("policy" as const, "judge" as const),
  model: text,
  wallMs: count,
  usage: tokenUsage,
};

const score = fc.double({ min: 0, max: 1, noNaN: true });
const node = fc.constantFrom("0", "0.0", "0.1", "0.0.0");

/** Any events other than `step-added`: each with fields of every shape that its schema allows. */
const looseBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({
    type: fc.constant("strategy-chosen" as const),
    strategy: text,
    settings: fc.dictionary(text, fc.jsonValue({ noUnicodeString: false }).map(asJson)),
    reason: text,
  }),
  fc.record({
    type: fc.constant("tasks-asked" as const),
    slots: fc.integer({ min: 1, max: 64 }),
    tasks: fc.array(
      fc.record({
        id: text,
        kind: fc.constantFrom("expand" as const, "roll-out" as const, "score" as const),
        node,
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record(
    {
      type: fc.constant("task-told" as const),
      task: text,
      outcome: fc.constantFrom("done" as const, "failed" as const),
      error: text,
    },
    { requiredKeys: ["type", "task", "outcome"] },
  ),
  fc.record({
    type: fc.constant("call-finished" as const),
    ...call,
    request: fc.jsonValue().map(asJson),
    samples: fc.array(
      fc.record(
        {
          index: count,
          text,
          reasoning: text,
          finishReason: fc.constantFrom("stop" as const, "length" as const),
          meanLogprob: fc.integer({ min: -20, max: 0 }),
        },
        { requiredKeys: ["index", "text", "finishReason"] },
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    type: fc.constant("call-failed" as const),
    ...call,
    outcome: fc.constantFrom("failed" as const, "cancelled" as const),
    error: text,
  }),
  fc.record(
    { type: fc.constant("step-scored" as const), node, value: score, by: text, reason: text },
    { requiredKeys: ["type", "node", "value", "by"] },
  ),
  fc.record({ type: fc.constant("step-pruned" as const), node, reason: text }),
  fc.record({ type: fc.constant("backtracked" as const), from: node, to: node }),
  fc.record({ type: fc.constant("agent-spoke" as const), agent: text, text }),
  fc.record({ type: fc.constant("thought-cut" as const), node, reason: text }),
  fc.record({ type: fc.constant("summary-written" as const), node, text }),
  fc.record({ type: fc.constant("answer-proposed" as const), node, answer: text }),
  fc.record(
    { type: fc.constant("answer-chosen" as const), node, answer: text, reason: text, checked: fc.boolean() },
    { requiredKeys: ["type", "answer", "reason", "checked"] },
  ),
  fc.record({
    type: fc.constant("budget-exhausted" as const),
    limit: fc.constantFrom("tokens" as const, "calls" as const, "usd" as const, "seconds" as const),
    allowed: count,
  }),
  fc.record({ type: fc.constant("warning-raised" as const), text }),
);

/** A step, or another event; where a step goes is decided when the log is put together. */
const happening = fc.oneof(
  { weight: 2, arbitrary: fc.record({ step: text, below: fc.nat() }) },
  { weight: 3, arbitrary: looseBody },
);

/**
 * Any valid log of up to three questions that are thought about at the same time: each is started before all
 * else, each step stands below a step that was added before it, and times do not fall.
 */
export const eventLog: fc.Arbitrary<Event[]> = fc
  .array(fc.record({ question: fc.nat({ max: 2 }), wait: fc.nat({ max: 500 }), happening }), {
    maxLength: 30,
  })
  .map((happenings) => {
    let at = 1_000;
    const events: Event[] = [
      { at, type: "run-started", run: "run", schema: 1, command: "ask", request: {}, seed: 1, version: "0" },
    ];
    const nodes = new Map<string, string[]>();
    for (const { question: number, wait, happening } of happenings) {
      at += wait;
      const question = `q${number}`;
      const known = nodes.get(question) ?? ["0"];
      if (!nodes.has(question)) {
        nodes.set(question, known);
        events.push({ at, question, type: "question-started", text: { id: question, text: "?" } });
      }
      if ("step" in happening) {
        const parent = known[happening.below % known.length] ?? "0";
        const added = `${parent}.${known.length}`;
        known.push(added);
        events.push({ at, question, type: "step-added", node: added, parent, text: happening.step });
      } else {
        events.push({ at, question, ...happening });
      }
    }
    return events;
  });

/** As it comes back from JSON: `-0` is `0`. */
function asJson(value: unknown): z.infer<ReturnType<typeof z.json>> {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}
