import type { BudgetLimits } from "../models/budget.ts";
import type { Delta, ModelClient } from "../models/client.ts";
import type { Checker } from "../problems/problem.ts";
import type { Recorder } from "../runs/recorder.ts";
import type { StopReason } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";

/**
 * One way to spend test-time compute on a question. It never sees a reference answer: `Question` has none.
 *
 * A strategy is anytime: when the budget ends it returns the best answer so far. All it does goes through
 * {@link Thinking}, so that every strategy is concurrent, accounted for and resumable in the same way.
 */
export type Strategy = (question: Question, think: Thinking) => Promise<Answer>;

/** What a strategy thinks with. */
export interface Thinking {
  /** Every model call goes through it. */
  readonly client: ModelClient;
  /** Emits events, and on resume knows the logged ones. */
  readonly recorder: Recorder;
  readonly settings: StrategySettings;
  /** A rule that verifies answers from the question alone; only where the caller named one. */
  readonly checker?: Checker | undefined;
  /** Fires when the user stops the question. */
  readonly signal: AbortSignal;
  /** Shows pieces of text while they stream; absent where nobody watches. */
  readonly show?: ((delta: Delta & { site: string }) => void) | undefined;
}

/** The knobs that strategies share; a strategy reads those it needs. */
export interface StrategySettings {
  /** Whole thoughts to sample. */
  samples: number;
  /** Children of a node. */
  width: number;
  /** Most steps on a path. */
  depth: number;
  /** Nodes that stay after each level (beam). */
  keep: number;
  temperature: number;
  /** Most tokens of one call. */
  maxTokens: number;
  /** Tasks in flight. */
  concurrency: number;
  /** Whether results are told as they come or in the order asked. */
  order: "arrival" | "asked";
  seed: number;
  budget: BudgetLimits;
}

/** What a strategy brings back. */
export interface Answer {
  /** Absent when no answer was reached. */
  text?: string | undefined;
  stopReason: StopReason;
  /** The chosen thought, one step a line. */
  thought: string[];
  /** All answers that were proposed, most supported first. */
  candidates: Candidate[];
  /** True when the checker verified the answer. */
  checked: boolean;
}

/** One distinct answer and how it came to stand where it stands. */
export interface Candidate {
  answer: string;
  /** How many thoughts ended in it. */
  votes: number;
  /** The reward's score, where there is one. */
  score?: number | undefined;
}
