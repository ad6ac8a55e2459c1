import type { Question } from "../thought/question.ts";

/** Which part of a family's contents a problem belongs to; contents never cross. */
export type Split = "train" | "validation" | "test";

/** A question with its reference answer: what `evaluate` and `journey` see, and a strategy never does. */
export interface Problem {
  /** What a strategy is given. */
  question: Question;
  /** The reference answer, in the form that the family's grader accepts. */
  gold: string;
  /** The family or benchmark subject, such as `countdown`. */
  family: string;
  /** From 0 (easiest) to 1. */
  difficulty: number;
  /** Where the problem comes from: `gym`, or the name of a benchmark. */
  source: string;
  /** Absent where a source has no splits. */
  split?: Split;
}

/** What a grader says of one answer, with the reason in one line. */
export interface Grade {
  correct: boolean;
  reason: string;
}

/**
 * A rule that verifies an answer from the question alone, without a reference answer. It takes part only where a
 * flag or recipe names it.
 */
export interface Checker {
  /** The name by which a flag or recipe asks for it. */
  name: string;
  /** Never throws; a question that the rule cannot read makes every answer incorrect, with that reason. */
  check(question: Question, answer: string): Grade;
}
