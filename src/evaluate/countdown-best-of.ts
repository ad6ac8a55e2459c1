import { solvedByRandomMoves } from "../problems/gym/countdown-baseline.ts";
import { countdownChecker } from "../problems/gym/countdown-checker.ts";
import type { Problem } from "../problems/problem.ts";
import { Random } from "../thought/random.ts";
import { type AnswerOptions, answerAll, type Generator } from "./gym-accuracy.ts";
import { countdownTask } from "./gym-problems.ts";
import { type Difference, pairedDifference } from "./paired-difference.ts";
import { type Proportion, proportion } from "./proportion.ts";

/** What best of n reaches on Countdown with a checker, beside random legal moves with the same checker. */
export interface CountdownBestOf {
  /** Samples a problem. */
  samples: number;
  model: Proportion;
  randomOnce: Proportion;
  randomBest: Proportion;
  /** Model less random, both best of {@link CountdownBestOf.samples}, on the same problems. */
  gain: Difference;
}

/** Options of {@link countdownBestOf}. */
export interface BestOfOptions extends Pick<AnswerOptions, "onProgress"> {
  samples: number;
  temperature: number;
  seed: number;
}

/**
 * Best of n on Countdown problems: solved when the checker, which reads the question alone, finds a right answer among
 * the samples. Random legal moves are given the same problems, the same number of tries and the same checker.
 */
export async function countdownBestOf(
  problems: readonly Problem[],
  generate: Generator,
  { samples, temperature, seed, onProgress }: BestOfOptions,
): Promise<CountdownBestOf> {
  const graded = await answerAll(problems, generate, {
    asking: { thinking: true, samples, temperature, seed },
    grade: ({ question }, answer) => countdownChecker.check(question, answer),
    ...(onProgress && { onProgress }),
  });
  const model = graded.map(({ outputs }) => outputs.some(({ grade }) => grade.correct));
  const random = (tries: number): boolean[] =>
    problems.map((problem) =>
      solvedByRandomMoves(countdownTask(problem), tries, new Random(`${seed}/${problem.question.id}`)),
    );
  const best = random(samples);
  return {
    samples,
    model: shareOf(model),
    randomOnce: shareOf(random(1)),
    randomBest: shareOf(best),
    gain: pairedDifference(model.map((solved, index) => [solved, best[index] ?? false])),
  };
}

function shareOf(solved: readonly boolean[]): Proportion {
  return proportion(solved.filter(Boolean).length, solved.length);
}
