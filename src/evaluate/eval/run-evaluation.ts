import type { ModelRegistry } from "../../models/registry.ts";
import { gradeProblem } from "../../problems/grade-problem.ts";
import type { Checker, Problem } from "../../problems/problem.ts";
import type { Recorder } from "../../runs/recorder.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { type QuestionOutcome, thinkMany } from "../../strategies/think-many.ts";
import type { ThinkRequest } from "../../strategies/think-request.ts";
import type { Question } from "../../thought/question.ts";
import { questionIdOf } from "./evaluation-request.ts";

/** What problems are thought about with. */
export interface RunEvaluationOptions {
  registry: ModelRegistry;
  /** Where all events go; the same run, opened again, goes on where it was stopped. */
  run: RunLog;
  think: ThinkRequest;
  /** Answers to each problem. */
  samples: number;
  /** Most questions thought about at once. */
  atOnce: number;
  checker?: Checker | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Thinks about each problem, `samples` times each with a seed of its own, and grades the answers. The log says which
 * problem a question was and what is right only behind its thinking. A question that fails is logged as wrong with what
 * failed, and the others go on; over a resumed run nothing that is logged is done again.
 *
 * Throws an InputError for a request that no question could be thought about with, a FailureError where the log was made
 * in another way, and the signal's reason when it fires.
 */
export async function runEvaluation(
  problems: readonly Problem[],
  { run, think, samples, ...options }: RunEvaluationOptions,
): Promise<void> {
  const sampled = new Map(
    problems.flatMap((problem) =>
      Array.from({ length: samples }, (_, sample) => {
        const id = questionIdOf(problem.question.id, sample);
        return [id, { problem, sample, question: { ...problem.question, id } }] as const;
      }),
    ),
  );
  const started = new Set<string>();
  const stopListening = run.onEvent(({ type, question }) => {
    if (type === "question-started" && question !== undefined) started.add(question);
  });
  try {
    const questions = [...sampled.values()].map(({ question }) => question);
    for await (const outcome of thinkMany(questions, think, { run, ...options })) {
      const { question } = outcome;
      const asked = sampled.get(question.id);
      if (asked === undefined) throw new RangeError(`nobody asked question ${question.id}`);
      const recorder = run.question(question.id);
      // A model that does not know a question's kind refuses it before anything is logged.
      if (!started.has(question.id)) recorder.emit({ type: "question-started", text: question });
      await gradeOutcome(outcome, asked, recorder);
    }
  } finally {
    stopListening();
  }
}

/** A question of an evaluation and the problem that it is. */
export interface SampledProblem {
  problem: Problem;
  sample: number;
  question: Question;
}

/** Logs which problem a question was, behind all thinking. */
export function revealProblem({ problem, sample }: SampledProblem, recorder: Recorder): void {
  const { question, source, family, gold, tags = {} } = problem;
  recorder.emit({
    ...{ type: "problem-revealed", problem: question.id, sample, source, family, gold },
    tags: { ...tags },
  });
}

async function gradeOutcome(
  outcome: QuestionOutcome,
  asked: SampledProblem,
  recorder: Recorder,
): Promise<void> {
  revealProblem(asked, recorder);
  if ("failed" in outcome) {
    recorder.emit({ type: "answer-graded", correct: false, reason: outcome.failed.message });
    return;
  }
  const { text, stopReason } = outcome.thought;
  if (text === undefined) {
    const reason = stopReason === "budget" ? "the budget ended before an answer" : "no answer";
    recorder.emit({ type: "answer-graded", correct: false, reason });
    return;
  }
  recorder.emit({ type: "answer-graded", answer: text, ...(await gradeProblem(asked.problem, text)) });
}
