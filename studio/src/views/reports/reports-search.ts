import { z } from "zod";

/** What the address of the reports view says. */
export const reportsSearch = z.object({
  /** The evaluation whose report is shown; default the newest. */
  report: z.string().optional().catch(undefined),
});
