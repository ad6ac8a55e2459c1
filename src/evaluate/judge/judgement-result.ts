import { type ProcessResult, processScores, type ScoredSolution } from "../process-scores.ts";
import type { Judgement } from "./fold-judgement.ts";

/** How well scores of steps tell right from wrong, and what other thresholds would give. */
export interface SweptResult {
  result: ProcessResult;
  sweep: ProcessResult[];
}

/** The measures of scored solutions at a threshold, and the sweep beside it. */
export function sweptResult(
  { judged, unjudged = [] }: { judged: readonly ScoredSolution[]; unjudged?: Judgement["unjudged"] },
  threshold: number,
): SweptResult {
  return {
    result: processScores(judged, threshold, unjudged),
    sweep: sweepThresholds(judged).map((one) => processScores(judged, one, unjudged)),
  };
}

/** Tenths for scores from 0 to 1; for any others their deciles. */
function sweepThresholds(solutions: readonly ScoredSolution[]): number[] {
  const tenths = Array.from({ length: 9 }, (_, index) => (index + 1) / 10);
  const scores = solutions.flatMap((solution) => solution.scores).sort((one, other) => one - other);
  if ((scores[0] ?? 0) >= 0 && (scores.at(-1) ?? 0) <= 1) return tenths;
  return [...new Set(tenths.map((part) => scores[Math.floor(part * scores.length)] ?? 0))];
}
