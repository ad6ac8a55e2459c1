import type { RecordedSolution } from "../problem.ts";
import { RecordError } from "./benchmark.ts";

/** What the sets of labelled solutions say in one way or another. */
export interface LabelledSolution {
  steps: readonly string[];
  /** Index of the first wrong step, from 0; null where none is wrong. */
  firstError: number | null;
  generator?: string | undefined;
  answerCorrect?: boolean | undefined;
  reason?: string | undefined;
}

/**
 * A recorded solution of which only the first wrong step is known: steps before it are right, it is wrong, and of later
 * ones nobody says anything. Throws a RecordError where there is no such step.
 */
export function upToFirstError(labelled: LabelledSolution): RecordedSolution {
  const { steps, firstError, generator, answerCorrect, reason } = labelled;
  if (steps.length === 0) throw new RecordError("its solution has no steps");
  if (firstError !== null && !(firstError >= 0 && firstError < steps.length)) {
    throw new RecordError(`its first wrong step is number ${firstError + 1} of ${steps.length}`);
  }
  return {
    ...(generator && { generator }),
    steps: steps.map((text, index) => {
      if (firstError === null || index < firstError) return { text, rating: 1 };
      return index === firstError ? { text, rating: -1 } : { text };
    }),
    firstError,
    ...(reason && { firstErrorReason: reason }),
    ...(answerCorrect !== undefined && { answerCorrect }),
  };
}
