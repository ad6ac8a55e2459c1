import {
  areaUnderCurve,
  macroF1,
  matthewsCorrelation,
  predictAbove,
  type ScoredCase,
} from "./classification.ts";
import { type Proportion, proportion } from "./proportion.ts";

/** A solution whose steps were scored, and where it truly goes wrong. */
export interface ScoredSolution {
  /** A score a step, higher for steps that are more likely right; at least one. */
  scores: readonly number[];
  /** Index of the first wrong step, from 0; undefined where all steps are right. */
  firstError: number | undefined;
}

/** Where a solution truly goes wrong first, and where a judge says that it does; undefined for nowhere. */
export interface FirstErrorCase {
  actual: number | undefined;
  predicted: number | undefined;
}

/** How well first wrong steps are found. */
export interface FirstErrorResult {
  /** Wrong solutions whose first wrong step was named exactly. */
  firstError: Proportion;
  /** Right solutions in which no step was called wrong. */
  allRight: Proportion;
  /** {@link processBenchF1} of both shares. */
  processBenchF1: number;
  /** Correlation of the solutions' being right with their being called right. */
  matthewsCorrelation: number;
}

/** How well scores of steps tell right steps and solutions from wrong ones, at one threshold. */
export interface ProcessResult extends FirstErrorResult {
  /** A step is called right where its score is above it. */
  threshold: number;
  /** Those with scores. */
  solutions: number;
  /** Those that a judge left without scores: they count only among the first errors, as not found. */
  unjudged: number;
  /** Steps that count: those up to a solution's first wrong one. */
  steps: number;
  solutionMacroF1: number;
  stepMacroF1: number;
  /** Of each solution's worst score; undefined where all solutions are right, or all are wrong. */
  solutionAuc: number | undefined;
  stepAuc: number | undefined;
  /** {@link mrScore} without reasons, which scores do not give: at most 0.5. */
  mrScore: number;
}

/** No step and not "nowhere" either. */
const NOT_FOUND = -1;

/**
 * How well scores of steps find what is wrong. As ReasonEval counts (Xia et al., 2024, arXiv 2404.05692): a solution is
 * worth its worst step, and steps behind the first wrong one are not counted, since nobody can say what is right there.
 *
 * @param threshold scores above it call a step right; default 0.5
 * @param unjudged first wrong steps of solutions that a judge was asked about and left without scores; default none
 * @throws RangeError where a solution has no scores or its first wrong step is none of its steps
 */
export function processScores(
  solutions: readonly ScoredSolution[],
  threshold = 0.5,
  unjudged: readonly Pick<ScoredSolution, "firstError">[] = [],
): ProcessResult {
  const worst: ScoredCase[] = [];
  const steps: ScoredCase[] = [];
  for (const [index, { scores, firstError }] of solutions.entries()) {
    if (scores.length === 0) throw new RangeError(`solution ${index} has no scores`);
    if (firstError !== undefined && scores[firstError] === undefined)
      throw new RangeError(`solution ${index} has ${scores.length} steps, none of which is ${firstError}`);
    worst.push({
      actual: firstError === undefined,
      score: scores.reduce((one, other) => Math.min(one, other)),
    });
    const counted = firstError === undefined ? scores : scores.slice(0, firstError + 1);
    for (const [step, score] of counted.entries()) steps.push({ actual: step !== firstError, score });
  }
  const found = firstErrors([
    ...solutions.map(({ scores, firstError }) => {
      const below = scores.findIndex((score) => !(score > threshold));
      return { actual: firstError, predicted: below === -1 ? undefined : below };
    }),
    ...unjudged.map(({ firstError }) => ({ actual: firstError, predicted: NOT_FOUND })),
  ]);
  return {
    threshold,
    solutions: solutions.length,
    unjudged: unjudged.length,
    steps: steps.length,
    solutionMacroF1: macroF1(predictAbove(worst, threshold)),
    stepMacroF1: macroF1(predictAbove(steps, threshold)),
    solutionAuc: areaUnderCurve(worst),
    stepAuc: areaUnderCurve(steps),
    ...found,
    mrScore: mrScore({ correlation: found.matthewsCorrelation, step: found.firstError.share, reason: 0 }),
  };
}

/** How well a judge finds each solution's first wrong step, or that there is none. */
export function firstErrors(cases: readonly FirstErrorCase[]): FirstErrorResult {
  const shareFound = (some: readonly FirstErrorCase[]): Proportion =>
    proportion(some.filter(({ actual, predicted }) => actual === predicted).length, some.length);
  const firstError = shareFound(cases.filter(({ actual }) => actual !== undefined));
  const allRight = shareFound(cases.filter(({ actual }) => actual === undefined));
  return {
    firstError,
    allRight,
    processBenchF1: processBenchF1(firstError.share, allRight.share),
    matthewsCorrelation: matthewsCorrelation(
      cases.map(({ actual, predicted }) => ({
        actual: actual === undefined,
        predicted: predicted === undefined,
      })),
    ),
  };
}

/**
 * ProcessBench's F1 (Zheng et al., 2024, arXiv 2412.06559): the harmonic mean of the accuracy on wrong solutions, where the
 * first wrong step has to be named exactly, and of that on right ones. 0 where either is 0.
 */
export function processBenchF1(onWrong: number, onRight: number): number {
  return onWrong + onRight === 0 ? 0 : (2 * onWrong * onRight) / (onWrong + onRight);
}

/** What {@link mrScore} weighs. */
export interface MrScoreParts {
  /** Matthews correlation of a solution's being right with its being called right. */
  correlation: number;
  /** Share of the wrong solutions whose first wrong step was named. */
  step: number;
  /** Share of the wrong solutions whose first wrong step was named with the right reason. */
  reason: number;
}

/** MR-Score (Zeng et al., 2023, arXiv 2312.17080): 0.2, 0.3 and 0.5 of its parts; a correlation below 0 counts as 0. */
export function mrScore({ correlation, step, reason }: MrScoreParts): number {
  return 0.2 * Math.max(0, correlation) + 0.3 * step + 0.5 * reason;
}
