import { z } from "zod";
import { reportSectionSchema } from "./report-schema.ts";
import { curveSchema } from "./training-schema.ts";

const standing = {
  /** Its folder: the name of one that the studio looks into, and the way from there. */
  journey: z.string(),
  title: z.string(),
  /** The result in a sentence; null while the journey is under way. */
  headline: z.string().nullable(),
  /** Stages that are done. */
  stages: z.int().nonnegative(),
  /** When its newest file was written: milliseconds since the epoch. */
  at: z.number(),
};

/** The journeys that were found, the newest first: `GET /api/journeys`. */
export const journeysReplySchema = z.strictObject({ rows: z.array(z.strictObject(standing)) });
export type JourneysReply = z.infer<typeof journeysReplySchema>;

/** One journey's report: `GET /api/journeys/report?journey=`. The words are those of its `report.json`. */
export const journeyReplySchema = z.strictObject({
  ...standing,
  sections: z.array(reportSectionSchema),
  /** Whether there is a page with all plots: `GET /api/journeys/page?journey=`. */
  page: z.boolean(),
  /** What each stage took and came to, in the order in which they were done. */
  done: z.array(z.strictObject({ stage: z.string(), wallMs: z.number(), result: z.string() })),
  /** The loss of each training among the stages. */
  curves: z.array(curveSchema),
});
export type JourneyReply = z.infer<typeof journeyReplySchema>;
