import { z } from "zod";

const proportion = { share: z.number(), low: z.number(), high: z.number() };

/** The evaluations that can be reported on, newest first: `GET /api/reports`. */
export const reportsReplySchema = z.strictObject({
  rows: z.array(
    z.strictObject({
      run: z.string(),
      /** How it thought: `vote on nano`. */
      what: z.string(),
      /** Milliseconds since the epoch. */
      createdAt: z.number(),
      graded: z.int().nonnegative(),
      ...proportion,
      /** Output tokens of an answer, of all roles. */
      tokens: z.number(),
      /** Dollars of an answer; null where a price is not known. */
      costUsd: z.number().nullable(),
    }),
  ),
});
export type ReportsReply = z.infer<typeof reportsReplySchema>;

/** One part of a report, in the words of its `report.md`. */
export const reportSectionSchema = z.strictObject({
  title: z.string(),
  text: z.string().optional(),
  table: z.strictObject({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  lines: z.array(z.string()).optional(),
});
export type ReportSection = z.infer<typeof reportSectionSchema>;

/** One evaluation's report: `GET /api/reports/:run`. The words are those of its `report.md`. */
export const reportReplySchema = z.strictObject({
  run: z.string(),
  title: z.string(),
  headline: z.string(),
  sections: z.array(reportSectionSchema),
  /** Accuracy by level, subject, family. */
  groupings: z.array(
    z.strictObject({
      by: z.string(),
      groups: z.array(z.strictObject({ name: z.string(), problems: z.int(), ...proportion })),
    }),
  ),
  /** Accuracy against output tokens for 1, 2, 4, ... answers a problem; empty where there is one each. */
  budgets: z.array(z.strictObject({ way: z.string(), k: z.int(), outputTokens: z.number(), ...proportion })),
  /** How long each answer is, and whether it is right. */
  answers: z.array(z.strictObject({ outputTokens: z.int(), correct: z.boolean() })),
});
export type ReportReply = z.infer<typeof reportReplySchema>;
