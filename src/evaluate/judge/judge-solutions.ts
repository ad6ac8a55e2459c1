import type { ModelRegistry } from "../../models/registry.ts";
import type { Recorder } from "../../runs/recorder.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { type QuestionOutcome, thinkMany } from "../../strategies/think-many.ts";
import type { ThinkRequest } from "../../strategies/think-request.ts";
import { StartedQuestions } from "../started-questions.ts";
import type { LabelledSolution } from "./recorded-steps.ts";
import { scoreSteps } from "./score-steps.ts";

/** What solutions are judged with. */
export interface JudgeOptions {
  registry: ModelRegistry;
  /** Where all events go; the same run, opened again, goes on where it was stopped. */
  run: RunLog;
  /** Names the reward in its settings, and the models. */
  think: ThinkRequest;
  /** Most solutions judged at once. */
  atOnce: number;
  signal?: AbortSignal | undefined;
}

/**
 * Has a reward score every step of every solution. The labels are not in what it is shown; the log says them behind each
 * solution's scores. A solution that cannot be judged stays without scores and the others go on; over a resumed run no
 * logged call is made again.
 *
 * Throws an InputError for a reward that cannot score recorded steps, and the signal's reason when it fires.
 */
export async function judgeSolutions(
  solutions: readonly LabelledSolution[],
  { run, think, atOnce, ...options }: JudgeOptions,
): Promise<void> {
  const byId = new Map(solutions.map((solution) => [solution.problem.question.id, solution]));
  const entry = scoreSteps((id) => byId.get(id)?.steps ?? []);
  const questions = solutions.map(({ problem }) => problem.question);
  const started = new StartedQuestions(run);
  try {
    for await (const outcome of thinkMany(questions, think, { run, entry, atOnce, ...options })) {
      const { question } = outcome;
      const solution = byId.get(question.id);
      if (solution === undefined) throw new RangeError(`nobody asked question ${question.id}`);
      started.ensure(question);
      tellLabels(outcome, solution, run.question(question.id));
    }
  } finally {
    started.close();
  }
}

/** Logs which problem it was and, as its reference, the number of the first wrong step, from 1; 0 for none. */
function tellLabels(
  outcome: QuestionOutcome,
  { problem, firstError }: LabelledSolution,
  recorder: Recorder,
): void {
  if ("failed" in outcome) recorder.emit({ type: "warning-raised", text: outcome.failed.message });
  const { question, source, family, tags = {} } = problem;
  const gold = String(firstError === undefined ? 0 : firstError + 1);
  recorder.emit({
    ...{ type: "problem-revealed", problem: question.id, sample: 0, source, family, gold },
    tags: { ...tags },
  });
}
