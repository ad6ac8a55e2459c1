import type { Question } from "../thought/question.ts";

/** Which part of a family's contents a problem belongs to; contents never cross. */
export type Split = "train" | "validation" | "test";

/** A question with its reference answer: what `evaluate` and `journey` see, and a strategy never does. */
export interface Problem {
  /** What a strategy is given. */
  question: Question;
  /**
   * The reference answer, in the form that the family's grader accepts. Empty where a benchmark only labels recorded
   * steps and says no answer (ProcessBench, Math-Shepherd).
   */
  gold: string;
  /** The family or benchmark subject, such as `countdown`. */
  family: string;
  /** From 0 (easiest) to 1. */
  difficulty: number;
  /** Where the problem comes from: `gym`, or the name of a benchmark. */
  source: string;
  /** Absent where a source has no splits. */
  split?: Split;
  /** What reports group by besides the family, such as `{ level: "5", subject: "Algebra" }`. */
  tags?: Readonly<Record<string, string>>;
  /** The written solution that belongs to the reference answer. */
  solution?: string;
  /** A long thought that ends in the reference answer, with its wrong turns. */
  longThought?: string;
  /** What a model answered, step by step, and what people or other models say of the steps. */
  recorded?: RecordedSolution;
}

/** A solution that was recorded by others, with their labels. */
export interface RecordedSolution {
  /** The model that wrote it; absent where its source does not say. */
  generator?: string;
  steps: readonly RecordedStep[];
  /** Index of the first wrong step, from 0; null where no step is wrong; absent where nobody looked. */
  firstError?: number | null;
  /** Why that step is wrong, in the labeller's words. */
  firstErrorReason?: string;
  /** Whether the final answer is right; absent where its source does not say. */
  answerCorrect?: boolean;
}

/** One step of a recorded solution. */
export interface RecordedStep {
  text: string;
  /** 1 right, 0 neither helps nor harms, -1 wrong; absent where nobody rated it. */
  rating?: StepRating;
  /** Other steps that were proposed at this place. */
  alternatives?: readonly { text: string; rating?: StepRating }[];
}

/** A rating as in PRM800K: 1 right, 0 neutral, -1 wrong. */
export type StepRating = -1 | 0 | 1;

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
