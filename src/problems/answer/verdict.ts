import type { AlgebraEngine } from "./algebra-engine.ts";

/** Whether a prediction equals the gold answer, and why, in one line. */
export interface Verdict {
  equal: boolean;
  reason: string;
}

/** What one comparison is told and keeps. */
export interface Comparison {
  /** Decimal places from which a rounded decimal counts as the number that it was rounded from. */
  readonly precision: number;
  /** False reads a relation of the prediction as the set of its solutions, where the gold answer is one. */
  readonly strict: boolean;
  readonly allowSetRelations: boolean;
  /** Plain lists, without braces, boxes or dollars on either side, keep their order. */
  readonly ordered: boolean;
  /** Absent at first: a pair that needs it is noted in `undecided`. */
  readonly engine: AlgebraEngine | undefined;
  /** Set where the algebra engine could still turn a "no" into a "yes". */
  undecided: boolean;
  /** Leaf comparisons left before the pair is given up. */
  left: number;
}

/** Equal, for this reason. */
export function yes(reason: string): Verdict {
  return { equal: true, reason };
}

/** Not equal, for this reason. */
export function no(reason: string): Verdict {
  return { equal: false, reason };
}
