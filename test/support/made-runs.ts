import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunManifest, RunState } from "../../src/runs/manifest.ts";
import type { Event, EventBody } from "../../src/thought/event.ts";

/** A question that a made run has thought about. */
export interface MadeQuestion {
  id: string;
  asked?: string;
  /** The steps of the chosen thought. */
  steps: readonly string[];
  answer?: string;
  /** Left out: the question is no problem, and is not graded. */
  gold?: string;
  strategy?: string;
  model?: string;
  reward?: number;
  tokens?: number;
  family?: string;
  tags?: Record<string, string>;
}

/** A run that nobody thought about, for tests and benchmarks of what reads runs. */
export interface MadeRun {
  id: string;
  questions: readonly MadeQuestion[];
  /** Default `finished`. */
  state?: RunState;
  createdAt?: string;
}

/** Writes a run's folder below `root`, as a run that has thought of all this would have left it. Returns the folder. */
export function makeRun(root: string, run: MadeRun): string {
  const { id, state = "finished", createdAt = "2026-11-20T12:00:00.000Z" } = run;
  const folder = join(root, id);
  const start = Date.parse(createdAt);
  const request = { question: null, think: { effort: "low" } };
  const manifest: RunManifest = {
    ...{ schema: 1, id, command: "ask", request, models: { policy: "scripted/tree" }, seed: 7 },
    ...{ versions: { sojourn: "0.1.0", node: "20.0.0" }, createdAt, state },
    sessions: [{ startedAt: createdAt, firstLine: 1 }],
  };
  const bodies: (EventBody & { question?: string })[] = [
    { type: "run-started", run: id, schema: 1, command: "ask", request, seed: 7, version: "0.1.0" },
    ...run.questions.flatMap(eventsOf),
    ...(state === "finished" ? [{ type: "run-finished" as const }] : []),
  ];
  const events: Event[] = bodies.map((body, index) => ({ at: start + index, ...body }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "events.jsonl"), linesOf(events));
  return folder;
}

/** Events as a log holds them. */
export function linesOf(events: readonly Event[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** What a question's log says, without times. */
export function eventsOf(made: MadeQuestion): (EventBody & { question: string })[] {
  const { id, asked = `What of ${made.id}?`, strategy = "vote", model = "nano", tokens = 10 } = made;
  const usage = {
    ...{ inputTokens: 20, outputTokens: tokens, reasoningTokens: 0, estimatedOutputTokens: 0 },
    ...{ calls: 1, costUsd: 0.001 },
  };
  const nodes = made.steps.map((_, index) => (index === 0 ? "0.0" : `0.0/${index}`));
  const leaf = nodes.at(-1);
  const bodies: EventBody[] = [
    { type: "question-started", text: { id, text: asked } },
    { type: "strategy-chosen", strategy, settings: {}, reason: "" },
    {
      ...{
        type: "call-finished",
        site: "roll-out:0",
        occurrence: 0,
        fingerprint: "f",
        role: "policy",
        model,
      },
      ...{ wallMs: 5, usage, request: null },
      samples: [{ index: 0, text: made.steps.join("\n"), finishReason: "stop" }],
    },
    ...made.steps.map((text, index): EventBody => {
      return { type: "step-added", node: nodes[index] ?? "", parent: nodes[index - 1] ?? "0", text };
    }),
    ...(leaf === undefined || made.reward === undefined
      ? []
      : [{ type: "step-scored" as const, node: leaf, value: made.reward, by: "vote" }]),
    ...(leaf === undefined || made.answer === undefined
      ? []
      : [
          { type: "answer-proposed" as const, node: leaf, answer: made.answer },
          {
            ...{ type: "answer-chosen" as const, node: leaf, answer: made.answer },
            ...{ reason: "vote 1 of 1", checked: false },
          },
        ]),
    {
      type: "question-finished",
      stopReason: made.answer === undefined ? "no-answer" : "answered",
      usage: { ...usage, byRole: { policy: usage } },
    },
  ];
  if (made.gold !== undefined) {
    const { gold, family = "countdown", tags = {} } = made;
    bodies.push({ type: "problem-revealed", problem: id, sample: 0, source: "gym", family, gold, tags });
    const graded = made.answer === undefined ? {} : { answer: made.answer };
    bodies.push({ type: "answer-graded", ...graded, correct: made.answer === gold, reason: "equal" });
  }
  return bodies.map((body) => ({ ...body, question: id }));
}
