import { join } from "node:path";
import { z } from "zod";
import type { EvaluationRequest } from "../../src/evaluate/eval/evaluation-request.ts";
import { runEvaluation } from "../../src/evaluate/eval/run-evaluation.ts";
import { createRegistry } from "../../src/models/registry.ts";
import { gymProblem } from "../../src/problems/gym/gym.ts";
import { appendAnnotation } from "../../src/runs/annotations/annotation-file.ts";
import { createRun } from "../../src/runs/open-run.ts";
import type { RunLog } from "../../src/runs/run-log.ts";
import { thinkThrough } from "../../src/strategies/think.ts";
import { completeRequest, type ThinkRequest } from "../../src/strategies/think-request.ts";
import type { EventBody } from "../../src/thought/event.ts";
import { hostileTexts } from "./hostile-texts.ts";

/** The runs that the studio's tests look at, by what is in them. */
export interface SeededRuns {
  /** Two evaluations by nano over the same problems. */
  direct: string;
  vote: string;
  /** A search over the scripted tree, every step with a score. */
  search: string;
  /** Texts that mean harm, twice over one problem. */
  hostile: string;
  hostileToo: string;
}

const families = ["countdown", "decimals", "equations", "letters"];

/** Makes small runs of every kind below a folder, with nano and with the scripted model: the same every time. */
export async function seedRuns(root: string): Promise<SeededRuns> {
  const seeded: SeededRuns = {
    direct: await evaluate(root, { strategy: "direct", settings: { seed: 3 } }),
    vote: await evaluate(root, { strategy: "vote", settings: { seed: 3, samples: 3 } }),
    search: await search(root),
    hostile: hostile(root, hostileTexts),
    hostileToo: hostile(root, [hostileTexts[0] ?? "", ...hostileTexts.slice(2)]),
  };
  annotate(join(root, seeded.vote), "gym/countdown/test/trained/7/0#0");
  return seeded;
}

async function evaluate(root: string, asked: Pick<ThinkRequest, "strategy" | "settings">): Promise<string> {
  const think = completeRequest({ model: "nano", ...asked });
  const problems = families.flatMap((family) =>
    [0, 1].map((index) => gymProblem({ family, split: "test", seed: 7, index, phrasing: "trained" })),
  );
  const request: EvaluationRequest = {
    problems: {
      ...{ kind: "gym", families, split: "test", phrasing: "trained", seed: 7, skip: 0 },
      limit: problems.length,
    },
    fingerprint: "0",
    samples: 1,
    answers: { by: "model", think, atOnce: 4 },
  };
  const run = startRun(root, "eval", request);
  await runEvaluation(problems, { registry: createRegistry({}, {}), run, think, samples: 1, atOnce: 4 });
  run.finish();
  return run.id;
}

async function search(root: string): Promise<string> {
  const settings = { seed: 5, rollouts: 12, summaries: true };
  const think = completeRequest({ model: "scripted/tree", strategy: "mcts", settings });
  const run = startRun(root, "ask", { think });
  const question = { id: "q1", text: "Which way leads out of the maze with the three doors?" };
  await thinkThrough(question, think, { registry: createRegistry({}, {}), run });
  run.finish();
  return run.id;
}

function hostile(root: string, texts: readonly string[]): string {
  const run = startRun(root, "ask", {});
  emitThought(run, texts);
  run.finish();
  return run.id;
}

/** What somebody said about the first question of a run: labels for its first steps, and a thought of her own. */
function annotate(folder: string, question: string): void {
  const about = { question, author: "grace", at: Date.UTC(2026, 10, 21) };
  for (const [step, label] of ([1, 1, 0, -1, -1] as const).entries())
    appendAnnotation(folder, {
      ...about,
      ...{ type: "step-labelled", node: step === 0 ? "0.0" : `0.0/${step}`, label },
    });
  appendAnnotation(folder, {
    ...about,
    ...{ type: "thought-written", thought: "own", answer: "(13 + 2) * (20 - 14)" },
    parts: [
      { kind: "trial", text: "90 is large: I try products first. 13 * 14 = 182 is too much." },
      { kind: "association", text: "90 = 15 * 6, and both are near: 13 + 2, and 20 - 14." },
      { kind: "conclusion", text: "So (13 + 2) * (20 - 14), with each number once." },
    ],
  });
}

/** Logs a thought whose question, steps, voices and answer are these texts. */
function emitThought(run: RunLog, texts: readonly string[]): void {
  const [first = ""] = texts;
  const recorder = run.question("q1");
  const events: EventBody[] = [
    { type: "question-started", text: { id: "q1", text: first } },
    { type: "strategy-chosen", strategy: "direct", settings: {}, reason: first },
    ...texts.flatMap((text, place): EventBody[] => [
      { type: "step-added", node: `0.0/${place}`, parent: place === 0 ? "0" : `0.0/${place - 1}`, text },
      { type: "agent-spoke", agent: text.slice(0, 200), text },
      {
        type: "step-scored",
        node: `0.0/${place}`,
        value: 0.5,
        by: text.slice(0, 200),
        reason: text.slice(0, 2000),
      },
    ]),
    { type: "answer-proposed", node: `0.0/${texts.length - 1}`, answer: first },
    {
      type: "answer-chosen",
      node: `0.0/${texts.length - 1}`,
      answer: first,
      reason: first,
      checked: false,
      written: texts.slice(0, 8).join("\n\n"),
    },
    {
      type: "problem-revealed",
      ...{ problem: "hostile", sample: 0, source: "own", family: first.slice(0, 60), gold: first, tags: {} },
    },
    { type: "answer-graded", answer: first, correct: false, reason: first },
  ];
  for (const event of events) recorder.emit(event);
}

/** Logs a thought of so many steps, one below the other. */
export function seedLongThought(root: string, steps: number): string {
  const run = startRun(root, "ask", {});
  const recorder = run.question("q1");
  recorder.emit({ type: "question-started", text: { id: "q1", text: `A thought of ${steps} steps` } });
  for (let step = 0; step < steps; step++) {
    const text =
      step % 97 === 96
        ? `Wait, step ${step} needs another look.`
        : `Step ${step}: ${step} + 1 = ${step + 1}.`;
    recorder.emit({
      type: "step-added",
      node: `0.${step}`,
      parent: step === 0 ? "0" : `0.${step - 1}`,
      text,
    });
  }
  recorder.emit({
    type: "answer-chosen",
    node: `0.${steps - 1}`,
    answer: `${steps}`,
    reason: "the end",
    checked: false,
  });
  run.finish();
  return run.id;
}

function startRun(root: string, command: string, asked: object): RunLog {
  const request = z.json().parse(JSON.parse(JSON.stringify(asked)));
  return createRun({ command, request, models: { policy: "nano" }, seed: 0 }, { root });
}
