import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { ModelRegistry } from "../models/registry.ts";
import { findChecker } from "../problems/checkers.ts";
import { gradeGym } from "../problems/gym/gym.ts";
import type { Problem } from "../problems/problem.ts";
import { memoryRun } from "../runs/open-run.ts";
import type { PartialSettings } from "../strategies/settings.ts";
import { thinkThrough } from "../strategies/think.ts";
import { completeRequest } from "../strategies/think-request.ts";
import { messageOf } from "../thought/errors.ts";
import type { Event } from "../thought/event.ts";
import { fold } from "../thought/fold.ts";
import { foldUsage } from "../thought/fold-usage.ts";

/** One way of thinking that is tried on a set of problems. */
export interface Arm {
  /** Unique within a table. */
  name: string;
  strategy: string;
  settings: PartialSettings;
  /** The checker's name, where finished thoughts are checked by rule. */
  checker?: string | undefined;
}

const trialSchema = z.object({
  arm: z.string(),
  problem: z.string(),
  correct: z.boolean(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  calls: z.number(),
  /** Since the trial began; trials run beside each other. */
  wallMs: z.number(),
  /** The answer of each thought, in the order in which they were told; null for one that came to none. */
  answers: z.array(z.string().nullable()),
  /** Why there is no answer, where thinking failed. */
  error: z.string().optional(),
});

/** One problem thought about in one way. */
export type Trial = z.infer<typeof trialSchema>;

/** Options of {@link runTrials}. */
export interface TrialOptions {
  model: string;
  registry: ModelRegistry;
  seed: number;
  /** Problems thought about at a time. */
  concurrency: number;
  /** File of finished trials, one JSON object a line: those that it has are not made again. */
  file?: string | undefined;
  onProgress?: ((done: number, all: number) => void) | undefined;
  /** Called for each trial that was made now, not read from the file. */
  onMade?: (() => void) | undefined;
}

/** Thinks about each problem in one way and grades the answers. A trial that fails counts as wrong, with its error. */
export async function runTrials(
  arm: Arm,
  problems: readonly Problem[],
  options: TrialOptions,
): Promise<Trial[]> {
  const known =
    options.file === undefined ? new Map<string, Trial>() : await readTrials(options.file, arm.name);
  const trials: Trial[] = [];
  let next = 0;
  let done = 0;
  async function work(): Promise<void> {
    for (let at = next++; at < problems.length; at = next++) {
      const problem = problems[at] as Problem;
      let trial = known.get(problem.question.id);
      if (trial === undefined) {
        trial = await tryOne(arm, problem, options);
        if (options.file !== undefined) await keep(options.file, trial);
        options.onMade?.();
      }
      trials[at] = trial;
      options.onProgress?.(++done, problems.length);
    }
  }
  await Promise.all(Array.from({ length: Math.min(options.concurrency, problems.length) }, work));
  return trials;
}

async function tryOne(arm: Arm, problem: Problem, { model, registry, seed }: TrialOptions): Promise<Trial> {
  const { question } = problem;
  const began = performance.now();
  const { log, events } = memoryRun({ command: "trial", request: {}, models: { policy: model }, seed });
  const settings = { ...arm.settings, seed };
  const request = completeRequest({ model, strategy: arm.strategy, settings });
  const checker = arm.checker === undefined ? undefined : findChecker(arm.checker);
  const facts = { arm: arm.name, problem: question.id };
  try {
    const { text, usage } = await thinkThrough(question, request, { registry, run: log, checker });
    return {
      ...facts,
      answers: answersOf(events),
      correct: text !== undefined && gradeGym(problem, text).correct,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens + usage.estimatedOutputTokens,
      calls: usage.calls,
      wallMs: performance.now() - began,
    };
  } catch (error) {
    // What was spent until then counts among the costs of this way of thinking.
    const usage = fold(foldUsage, events);
    return {
      ...facts,
      answers: [],
      correct: false,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens + usage.estimatedOutputTokens,
      calls: usage.calls,
      wallMs: performance.now() - began,
      error: messageOf(error),
    };
  }
}

/** What was proposed for each task that was told, which is before its proposal. */
function answersOf(events: readonly Event[]): (string | null)[] {
  const answers: (string | null)[] = [];
  for (const event of events) {
    if (event.type === "task-told") answers.push(null);
    else if (event.type === "answer-proposed" && answers.length > 0)
      answers[answers.length - 1] = event.answer;
  }
  return answers;
}

async function keep(file: string, trial: Trial): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(trial)}\n`);
}

/** The finished trials of an arm by problem; a torn last line is passed over, so that its trial is made again. */
async function readTrials(file: string, arm: string): Promise<Map<string, Trial>> {
  if (!existsSync(file)) return new Map();
  const text = await readFile(file, "utf8");
  // A torn last line must not swallow the trial that is kept next.
  if (text !== "" && !text.endsWith("\n")) await appendFile(file, "\n");
  const trials = text.split("\n").flatMap((line) => {
    try {
      return [trialSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
  return new Map(trials.filter((trial) => trial.arm === arm).map((trial) => [trial.problem, trial]));
}
