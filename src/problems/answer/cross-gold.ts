import { gradeAnswer } from "./grade-answer.ts";

/** Two answers of different problems, and of different texts, that the grader takes for equal. */
export interface CrossPair {
  gold: string;
  prediction: string;
  /** Whether they are equal too where the prediction is the gold answer; gold and prediction are not symmetric. */
  bothWays: boolean;
  reason: string;
}

/** What {@link crossGold} found. */
export interface CrossGold {
  /** Different texts among the answers. */
  answers: number;
  /** Ordered pairs of different texts that were graded. */
  pairs: number;
  /** Each pair once, also where it is equal both ways. */
  equal: CrossPair[];
}

/**
 * Grades gold answers against those of all other problems: a grader that finds two of them equal that are not would also
 * take a wrong answer for a right one. Equal texts are equal, so only different ones are graded, both ways.
 */
export async function crossGold(golds: readonly string[]): Promise<CrossGold> {
  const texts = [...new Set(golds)];
  const equal: CrossPair[] = [];
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      const there = await gradeAnswer(one, other);
      const back = await gradeAnswer(other, one);
      if (there.equal)
        equal.push({ gold: one, prediction: other, bothWays: back.equal, reason: there.reason });
      else if (back.equal) equal.push({ gold: other, prediction: one, bothWays: false, reason: back.reason });
    }
  }
  return { answers: texts.length, pairs: texts.length * (texts.length - 1), equal };
}
