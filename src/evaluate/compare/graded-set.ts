/** One answer to one problem that was graded, and what it took. */
export interface GradedSample {
  /** The problem's id, the same in every run over it. */
  problem: string;
  /** Which of several answers to the problem this one is, from 0. */
  sample: number;
  /** False also where there is no answer. */
  correct: boolean;
  /** Absent where there is none. */
  answer?: string | undefined;
  /** The reference answer, by which two problems that merely share their id are told apart. */
  gold: string;
  /** Tokens that all roles wrote. */
  outputTokens: number;
  /** Tokens that all roles read. */
  inputTokens: number;
  /** Dollars; null where a price is not known. */
  costUsd: number | null;
}

/** What one way of answering made of a set of problems. */
export interface GradedSet {
  /** What reports call it, such as the run's id. Unique within a comparison. */
  name: string;
  /** How it answered, for reports: `vote on nano`. */
  what?: string | undefined;
  samples: readonly GradedSample[];
}
