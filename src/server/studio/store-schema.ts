import { z } from "zod";
import { runOverviewSchema } from "../../runs/store/run-overview.ts";
import { thoughtRowSchema } from "../../runs/store/thought-row.ts";
import { eventSchema } from "../../thought/event.ts";

/** Characters after which the text of a row in a list is cut; its `characters` says how many there are. */
export const LISTED_CHARACTERS = 2_000;

/** Asks for the rows behind these when it is given as `after`; null behind the last ones. */
const next = z.string().nullable();

/** The reply to `GET /api/thoughts`. */
export const thoughtsReplySchema = z.strictObject({
  rows: z.array(thoughtRowSchema),
  next,
  /** How many thoughts fit in all; with the first page alone, where that is known without reading every text. */
  total: z.int().nonnegative().optional(),
});
/** Some thoughts in order. */
export type ThoughtsReply = z.infer<typeof thoughtsReplySchema>;

/** The reply to `GET /api/runs`. */
export const runsReplySchema = z.strictObject({ rows: z.array(runOverviewSchema), next });
/** Some runs, newest first. */
export type RunsReply = z.infer<typeof runsReplySchema>;

/** The reply to `GET /api/runs/:run/questions/:question`. */
export const questionReplySchema = z.strictObject({
  /** All events of the question, in the order of its log. */
  events: z.array(eventSchema),
});
/** The events of one question. */
export type QuestionReply = z.infer<typeof questionReplySchema>;
