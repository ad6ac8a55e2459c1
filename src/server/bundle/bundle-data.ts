import { z } from "zod";
import { annotationSchema } from "../../runs/annotations/annotation.ts";
import { runOverviewSchema } from "../../runs/store/run-overview.ts";
import { thoughtRowSchema } from "../../runs/store/thought-row.ts";
import { optionsSchema } from "../studio/ask-schema.ts";

/** All that a bundle's pages ask for, but for the events themselves, which are a file for each question. */
export const bundleDataSchema = z.strictObject({
  options: optionsSchema,
  /** Newest first. */
  runs: z.array(runOverviewSchema),
  /** Of all runs, newest first, with their whole texts. */
  thoughts: z.array(thoughtRowSchema),
  /** What people said, by run. */
  annotations: z.record(z.string(), z.array(annotationSchema)),
});
/** All that a bundle's pages ask for, but for the events. */
export type BundleData = z.infer<typeof bundleDataSchema>;

/** The file with the data in the bundle's folder. */
export const DATA_FILE = "data/bundle.json";

/** The file with the events of one question in the bundle's folder. */
export function eventsFile(run: string, ordinal: number): string {
  return `data/${run}/${ordinal}.txt`;
}
