import { z } from "zod";

const count = z.int().nonnegative();

/** One run and what its thoughts come to: all of them, or those that fit a filter. */
export const runOverviewSchema = z.strictObject({
  run: z.string(),
  command: z.string(),
  /** `running`, `finished`, `interrupted` or `failed`. */
  state: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Thoughts, those that have ended, those that were graded, and those of them that are right. */
  thoughts: count,
  finished: count,
  graded: count,
  correct: count,
  /** Each that was chosen, and each policy, in order of the alphabet. */
  strategies: z.array(z.string()),
  models: z.array(z.string()),
  /** What the first thought was asked, and its answer. */
  asked: z.string().nullable(),
  answer: z.string().nullable(),
  /** Output tokens of all roles, estimated ones included. */
  tokens: count,
  inputTokens: count,
  calls: count,
  /** US dollars; null where a price is not known. */
  costUsd: z.number().nullable(),
  /** Milliseconds, added up over the thoughts. */
  thinkingMs: z.number(),
});
/** One run and what its thoughts come to. */
export type RunOverview = z.infer<typeof runOverviewSchema>;
