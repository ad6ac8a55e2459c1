import { gradeGym } from "../problems/gym/gym.ts";
import type { Grade, Problem } from "../problems/problem.ts";
import type { Question } from "../thought/question.ts";
import { type Proportion, proportion } from "./proportion.ts";

/** How a question is put to whatever is measured. */
export interface Asking {
  /** Whether to think before the answer. */
  thinking: boolean;
  /** How many samples. */
  samples: number;
  /** 0 takes the likeliest continuation. */
  temperature: number;
  /** Decides the random draws. */
  seed: number;
}

/** One sample: what was thought and answered, and what it cost. */
export interface Output {
  thought: string;
  answer: string;
  /** Tokens generated for both. */
  tokens: number;
}

/** Whatever is measured: gives as many outputs as samples were asked for. Called for all problems at once. */
export type Generator = (question: Question, asking: Asking) => Promise<Output[]>;

/** One greedy answer to each problem, after thinking. */
export const greedy: Asking = { thinking: true, samples: 1, temperature: 0, seed: 0 };

/** A problem with its graded outputs. */
export interface Graded {
  problem: Problem;
  outputs: readonly (Output & { grade: Grade })[];
}

/** Options of {@link answerAll}. */
export interface AnswerOptions {
  /** Default {@link greedy}. */
  asking?: Asking;
  /** Grades an answer. Default: the family's own grader, against the reference answer. */
  grade?: (problem: Problem, answer: string) => Grade;
  /** Told how many of the problems are answered. */
  onProgress?: (done: number, all: number) => void;
}

/** Puts every problem to the generator and grades what comes back, in the order of the problems. */
export async function answerAll(
  problems: readonly Problem[],
  generate: Generator,
  { asking = greedy, grade = gradeGym, onProgress }: AnswerOptions = {},
): Promise<Graded[]> {
  let done = 0;
  return Promise.all(
    problems.map(async (problem) => {
      const outputs = await generate(problem.question, asking);
      onProgress?.(++done, problems.length);
      return {
        problem,
        outputs: outputs.map((output) => ({ ...output, grade: grade(problem, output.answer) })),
      };
    }),
  );
}

/** What one setting reached on one set of problems. */
export interface Accuracy {
  /** Problems with at least one right sample among those asked for. */
  solved: Proportion;
  /** Mean tokens generated for a sample. */
  tokensPerAnswer: number;
}

/** The share of problems that at least one sample solves (with one sample: accuracy), and what a sample costs. */
export function accuracyOf(graded: readonly Graded[]): Accuracy {
  const solved = graded.filter(({ outputs }) => outputs.some(({ grade }) => grade.correct));
  const samples = graded.flatMap(({ outputs }) => outputs);
  const tokens = samples.reduce((sum, output) => sum + output.tokens, 0);
  return {
    solved: proportion(solved.length, graded.length),
    tokensPerAnswer: samples.length === 0 ? 0 : tokens / samples.length,
  };
}
