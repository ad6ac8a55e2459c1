import { z } from "zod";
import { MARKERS } from "../../thought/structure.ts";

const count = z.int().nonnegative();

/**
 * One thought about one question, as lists, filters and reports see it: what {@link QuestionFold} makes of the
 * question's events. Null is what the log does not say.
 */
export const thoughtRowSchema = z.strictObject({
  run: z.string(),
  /** The question's id, unique in its run. */
  question: z.string(),
  /** Place of the question in its run, from 0. */
  ordinal: count,
  /** The command that made the run, such as `ask`. */
  command: z.string(),
  /** When the question was begun, in milliseconds since the epoch. */
  createdAt: z.number(),
  /** What was asked. */
  asked: z.string(),
  /** The problem that it was, the same in every run; null where there is no reference answer. */
  problem: z.string().nullable(),
  /** Which of several thoughts about the problem this is, from 0. */
  sample: count.nullable(),
  /** `gym`, or the benchmark's name. */
  source: z.string().nullable(),
  /** The gym's family or the benchmark's subject. */
  family: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  /** The tag `level`, as it is written. */
  level: z.string().nullable(),
  /** The steps to the chosen answer, one after the other; where there is none, all that was thought. */
  text: z.string(),
  /** Characters of the whole text; pages of rows may cut the text itself. */
  characters: count,
  answer: z.string().nullable(),
  gold: z.string().nullable(),
  /** Null where nothing was graded. */
  correct: z.boolean().nullable(),
  /** True where a rule verified the answer from the question alone. */
  checked: z.boolean(),
  /** `answered`, `budget` or `no-answer`; null while the question is thought about. */
  stopReason: z.string().nullable(),
  strategy: z.string().nullable(),
  /** `provider/model` of the policy. */
  model: z.string().nullable(),
  effort: z.string().nullable(),
  /** Output tokens of all roles, estimated ones included. */
  tokens: count,
  inputTokens: count,
  reasoningTokens: count,
  /** Requests to backends. */
  calls: count,
  /** US dollars; null where no price is known. */
  costUsd: z.number().nullable(),
  /** Milliseconds over all sessions. */
  wallMs: z.number(),
  /** Of the text. */
  words: count,
  lines: count,
  /** Nodes of the tree, the root left out. */
  steps: count,
  /** Steps from the root to the chosen answer. */
  depth: count,
  /** The newest score of the chosen leaf, in [0, 1]. */
  reward: z.number().nullable(),
  /** How often each marker stands in the text. */
  markers: z.record(z.enum(MARKERS), count),
});
/** One thought about one question; null is what the log does not say. */
export type ThoughtRow = z.infer<typeof thoughtRowSchema>;

/** One node of a question's tree. */
export interface StepRow {
  run: string;
  question: string;
  node: string;
  parent: string;
  /** 1 for a child of the root. */
  depth: number;
  /** Place among the question's steps, from 0. */
  ordinal: number;
  text: string;
  /** The newest score, in [0, 1], and who gave it. */
  reward: number | null;
  scoredBy: string | null;
  meanLogprob: number | null;
  /** The answer that the thought reaches here. */
  answer: string | null;
  /** Whether that answer is right, where it was graded. */
  correct: boolean | null;
  /** True on the path to the chosen answer. */
  chosen: boolean;
  /** Why the search gave it up. */
  pruned: string | null;
}

/** One request to a model, as its event tells of it; its texts are in the log. */
export interface CallRow {
  run: string;
  question: string;
  /** Place among the question's calls, in order of arrival, from 0. */
  ordinal: number;
  site: string;
  occurrence: number;
  role: string;
  model: string;
  /** `finished`, `failed` or `cancelled`. */
  outcome: string;
  error: string | null;
  /** Texts that it brought. */
  samples: number;
  inputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  estimatedOutputTokens: number;
  costUsd: number | null;
  wallMs: number;
  /** Milliseconds since the epoch. */
  finishedAt: number;
}
