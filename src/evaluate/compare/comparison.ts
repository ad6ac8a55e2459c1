import type { Difference } from "../paired-difference.ts";
import type { Proportion } from "../proportion.ts";
import type { LeftOut } from "./pair-sets.ts";

/** What one set comes to, over the samples that were paired. */
export interface SetResult {
  name: string;
  what?: string | undefined;
  accuracy: Proportion;
  /** Means a sample, of all roles. */
  outputTokens: number;
  inputTokens: number;
  /** Dollars a sample; null where some price is not known. */
  costUsd: number | null;
}

/** Two sets on the same samples: what the second did to each answer of the first. */
export interface Cells {
  bothRight: number;
  /** Wrong in the first, right in the second. */
  fixed: number;
  /** Right in the first, wrong in the second. */
  broken: number;
  bothWrong: number;
}

/** A set beside the base, the first of the sets. */
export interface Contrast {
  name: string;
  cells: Cells;
  /**
   * Its accuracy less the base's, with a 95% interval: Newcombe's for paired proportions, with several samples a problem the
   * bootstrap's, which keeps them together.
   */
  accuracy: Difference;
  /** The same difference with the interval of the paired BCa bootstrap over problems. */
  accuracyBootstrap: Difference;
  /**
   * Two-sided, exact: McNemar's test, with several samples a problem the permutation test that keeps them together. Made
   * larger by Holm's method where there are several contrasts.
   */
  pValue: number;
  /** Its mean output tokens a sample less the base's. */
  outputTokens: Difference;
  inputTokens: Difference;
  /** Absent where some price is not known. */
  costUsd?: Difference | undefined;
  /** Whether the accuracies may be compared at equal output tokens, and what to do where not. */
  remark: string;
}

/** One sample of one problem: who got it right, and with what answer. */
export interface ComparedRow {
  problem: string;
  sample: number;
  gold: string;
  /** In the order of the sets. */
  each: readonly { correct: boolean; answer?: string | undefined; outputTokens: number }[];
}

/** Two or more sets on the same problems. */
export interface Comparison {
  problems: number;
  /** Pairs that were compared: problems times the samples of each. */
  samples: number;
  sets: readonly SetResult[];
  /** Every set but the first beside the first. */
  contrasts: readonly Contrast[];
  leftOut: readonly LeftOut[];
  /** Those on which the sets differ come first, then those that all got wrong, then the rest. */
  rows: readonly ComparedRow[];
}
