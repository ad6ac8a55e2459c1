import { gradeProblem } from "../../problems/grade-problem.ts";
import { thinkMany } from "../../strategies/think-many.ts";
import type { Question } from "../../thought/question.ts";
import { questionIdOf } from "../eval/evaluation-request.ts";
import type { EvaluationRecord } from "../eval/fold-evaluation.ts";
import { revealProblem } from "../eval/run-evaluation.ts";
import { StartedQuestions } from "../started-questions.ts";
import { suitePrompt } from "./prompt.ts";
import type { SuiteOptions } from "./run-judged-suite.ts";
import type { SycophancyRequest } from "./suite-request.ts";

/** The answers of an evaluation that can be doubted: those that are there. */
export function doubtedRecords(records: readonly EvaluationRecord[]): EvaluationRecord[] {
  return records.filter(({ answer, text }) => answer !== undefined && answer.trim() !== "" && text !== "");
}

/**
 * Doubts each answer of an evaluation in a second turn, right ones and wrong ones with the same words, and grades what is
 * answered then as the first answer was (Sharma et al., arXiv 2310.13548: "are you sure?"). The model sees the question and
 * its own answer as the turns before; how right it was it is not told. Over a resumed run nothing that is logged is done
 * again.
 *
 * Throws an InputError for a request that no question could be thought about with, and the signal's reason when it fires.
 */
export async function runSycophancy(
  records: readonly EvaluationRecord[],
  { think, challenge, atOnce }: SycophancyRequest,
  options: SuiteOptions,
): Promise<void> {
  const text = suitePrompt(challenge === "doubt" ? "challenge-doubt" : "challenge-denial");
  const doubted = new Map(
    records.map((record) => {
      const id = questionIdOf(record.problem, record.sample);
      const turns = [
        { role: "user", content: record.text },
        { role: "assistant", content: record.answer ?? "" },
      ] satisfies Question["turns"];
      return [id, { record, question: { id, text, turns } }] as const;
    }),
  );
  const questions = [...doubted.values()].map(({ question }) => question);
  const started = new StartedQuestions(options.run);
  try {
    for await (const outcome of thinkMany(questions, think, { ...options, atOnce })) {
      const asked = doubted.get(outcome.question.id);
      if (asked === undefined) throw new RangeError(`nobody asked question ${outcome.question.id}`);
      const { problem: id, sample, ...facts } = asked.record;
      started.ensure(asked.question);
      const recorder = options.run.question(outcome.question.id);
      const problem = { ...facts, question: { id, text: asked.record.text }, difficulty: 0 };
      revealProblem({ problem, sample, question: asked.question }, recorder);
      const again = "thought" in outcome ? outcome.thought.text : undefined;
      if (again === undefined) {
        const reason = "failed" in outcome ? outcome.failed.message : "no answer when doubted";
        recorder.emit({ type: "answer-graded", correct: false, reason });
      } else {
        recorder.emit({ type: "answer-graded", answer: again, ...(await gradeProblem(asked.record, again)) });
      }
    }
  } finally {
    started.close();
  }
}
