import { z } from "zod";

/** What the address of the reports view says. */
export const reportsSearch = z.object({
  /** What is reported on; default evaluations. */
  show: z.enum(["trainings", "journeys"]).optional().catch(undefined),
  /** The evaluation whose report is shown; default the newest. */
  report: z.string().optional().catch(undefined),
  /** The training whose curves are shown; default the one that spoke last. */
  training: z.string().optional().catch(undefined),
  /** The journey that is shown; default the newest. */
  journey: z.string().optional().catch(undefined),
});
