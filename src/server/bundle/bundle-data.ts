import { z } from "zod";
import { annotationSchema } from "../../runs/annotations/annotation.ts";
import { runOverviewSchema } from "../../runs/store/run-overview.ts";
import { thoughtRowSchema } from "../../runs/store/thought-row.ts";
import { optionsSchema } from "../studio/ask-schema.ts";
import { reportsReplySchema } from "../studio/report-schema.ts";

/** All that a bundle's pages ask for, but for the events, a file for each question, and the reports, one for each evaluation. */
export const bundleDataSchema = z.strictObject({
  options: optionsSchema,
  /** Newest first. */
  runs: z.array(runOverviewSchema),
  /** Of all runs, newest first, with their whole texts. */
  thoughts: z.array(thoughtRowSchema),
  /** What people said, by run. */
  annotations: z.record(z.string(), z.array(annotationSchema)),
  /** The evaluations among the runs, newest first. */
  reports: reportsReplySchema.shape.rows,
});
/** All that a bundle's pages ask for, but for events and reports. */
export type BundleData = z.infer<typeof bundleDataSchema>;

/** The file with the data in the bundle's folder. */
export const DATA_FILE = "data/bundle.json";

/** The file with the events of one question in the bundle's folder. */
export function eventsFile(run: string, ordinal: number): string {
  return `data/${run}/${ordinal}.txt`;
}

/** The file with the report of one evaluation in the bundle's folder. */
export function reportFile(run: string): string {
  return `data/${run}/report.json`;
}
