import { z } from "zod";

const count = z.int().nonnegative();
/** The interval is null where too few problems are paired for one. */
const difference = z.strictObject({
  difference: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const setSchema = z.strictObject({
  /** The run's id. */
  name: z.string(),
  /** How it thought: `vote on nano`. */
  what: z.string(),
  accuracy: z.strictObject({
    right: count,
    trials: count,
    share: z.number(),
    low: z.number(),
    high: z.number(),
  }),
  /** Means a sample, of all roles. */
  outputTokens: z.number(),
  inputTokens: z.number(),
  /** Dollars a sample; null where some price is not known. */
  costUsd: z.number().nullable(),
});

const contrastSchema = z.strictObject({
  name: z.string(),
  cells: z.strictObject({ bothRight: count, fixed: count, broken: count, bothWrong: count }),
  /** Its accuracy less the first run's, with a 95% interval. */
  accuracy: difference,
  /** Two-sided: McNemar's exact test, or a permutation test where a problem has several samples. */
  pValue: z.number(),
  outputTokens: difference,
  inputTokens: difference,
  costUsd: difference.nullable(),
  /** Whether this is a comparison at equal tokens, and what to do where it is not. */
  remark: z.string(),
});

const comparedRowSchema = z.strictObject({
  problem: z.string(),
  sample: count,
  gold: z.string(),
  asked: z.string(),
  /** In the order of the runs. */
  each: z.array(
    z.strictObject({
      /** The question's id in that run. */
      question: z.string(),
      correct: z.boolean(),
      answer: z.string().nullable(),
      outputTokens: count,
    }),
  ),
});
/** One sample of one problem as each run has it. */
export type ComparedRow = z.infer<typeof comparedRowSchema>;

/** Runs on the same problems, the first being the base: `GET /api/compare?runs=A,B&filter=`. */
export const compareReplySchema = z.strictObject({
  problems: count,
  /** Pairs that were compared. */
  samples: count,
  sets: z.array(setSchema),
  /** Every run but the first beside the first. */
  contrasts: z.array(contrastSchema),
  /** Runs that lack problems which another one has: those problems are left out. */
  leftOut: z.array(z.strictObject({ name: z.string(), lacks: count, such: z.array(z.string()) })),
  /** Those on which the runs differ come first, then those that all got wrong, then the rest. */
  rows: z.array(comparedRowSchema),
});
export type CompareReply = z.infer<typeof compareReplySchema>;
