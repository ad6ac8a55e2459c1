import type { BudgetLimits } from "../models/budget.ts";
import type { Delta, ModelClient } from "../models/client.ts";
import type { Checker } from "../problems/problem.ts";
import type { Aggregation } from "../rewards/aggregate.ts";
import type { Reward } from "../rewards/reward.ts";
import type { Recorder } from "../runs/recorder.ts";
import type { StopReason } from "../thought/event.ts";
import type { Question } from "../thought/question.ts";
import type { Prompts } from "./prompt.ts";
import type { SettingsLayers } from "./settings.ts";

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
  /** Where the settings come from: for a strategy that runs others, each with its own. */
  readonly layers?: SettingsLayers | undefined;
  /** A rule that verifies answers from the question alone; only where the caller named one. */
  readonly checker?: Checker | undefined;
  /** A reward of the caller's own; it goes before the one that the settings name. */
  readonly reward?: Reward | undefined;
  /** Fires when the user stops the question. */
  readonly signal: AbortSignal;
  /** The strategies' prompts, those replaced that the caller gave a text of their own. */
  readonly prompts: Prompts;
  /** Further context for a sub-task or a question, such as stored thoughts; absent where the caller gave none. */
  readonly recall?: ((about: string) => Promise<string | undefined>) | undefined;
  /**
   * Tells whether an answer misses the reference. Only while training data is grown, never while answering: a strategy
   * that asks for it works without it.
   */
  readonly misses?: ((answer: string) => boolean) | undefined;
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
  /** Nodes that stay after each level (beam), subtrees (DVTS), expansions under way (best-first, depth-first). */
  keep: number;
  /** Rounds of a dialogue between agents, and of a review. */
  rounds: number;
  /** Simulations of a tree search (MCTS), or its expansions (best-first, depth-first). */
  rollouts: number;
  /** Steps that are looked ahead before a node is scored (lookahead). */
  lookahead: number;
  /** How much a tree search favours what it knows little of: PUCT's constant. */
  exploration: number;
  /**
   * How sure an adaptive vote has to be before it stops, 0.5 to 1; 1 takes all samples. For depth-first the score of an
   * answer that ends the search.
   */
  confidence: number;
  /** Score below which a thought is given up (depth-first). */
  threshold: number;
  /** What scores thoughts: `auto`, or a reward's name as `rewards/` has them. */
  reward: string;
  /** How the scores of a thought's steps become one; `auto` leaves it to the reward. */
  aggregate: Aggregation | "auto";
  /** Which variant of its prompt a strategy uses (monologue). */
  arm: string;
  /**
   * Whether the thinking is summed up stage by stage. `auto`: from effort `high` on, where the summarizer follows
   * instructions.
   */
  summaries: boolean | "auto";
  /**
   * Whether a writer puts the answer into words for the user, which needs one that follows instructions. `auto`: from
   * effort `high` on.
   */
  writer: boolean | "auto";
  temperature: number;
  /** Draws from the likeliest tokens that together have this probability, above 0 to 1. Default: the model's own. */
  topP?: number | undefined;
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
  /** The strategy that came to it, where one strategy ran others. */
  strategy?: string | undefined;
}

/** One distinct answer and how it came to stand where it stands. */
export interface Candidate {
  answer: string;
  /** How many thoughts ended in it. */
  votes: number;
  /** The reward's score, where there is one. */
  score?: number | undefined;
}
