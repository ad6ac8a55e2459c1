import type { Problem } from "../../problems/problem.ts";

/** A recorded solution that somebody labelled, ready to be judged. */
export interface LabelledSolution {
  problem: Problem;
  /** Each on one line and none empty, as judges read them. */
  steps: readonly string[];
  /** Index of the first wrong step, from 0; undefined where all are right. */
  firstError: number | undefined;
}

/** The solutions of a benchmark that can be judged, and how many problems have none or one that nobody labelled. */
export function labelledSolutions(problems: readonly Problem[]): {
  solutions: LabelledSolution[];
  unlabelled: number;
} {
  const solutions = problems.flatMap((problem): LabelledSolution[] => {
    const { steps = [], firstError } = problem.recorded ?? {};
    if (steps.length === 0 || firstError === undefined) return [];
    return [{ problem, steps: steps.map(({ text }) => oneLine(text)), firstError: firstError ?? undefined }];
  });
  return { solutions, unlabelled: problems.length - solutions.length };
}

/** An empty step stays a step, so that labels keep their places. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim() || "…";
}
