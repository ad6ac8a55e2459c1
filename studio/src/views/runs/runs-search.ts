import { z } from "zod";

/** What the address of the runs view says. */
export const runsSearch = z.object({
  /** In the filter grammar, such as `correct:false strategy:mcts`. */
  filter: z.string().optional().catch(undefined),
  /** Words that have to stand in the thought. */
  text: z.string().optional().catch(undefined),
  /** As the server puts thoughts in order, such as `-tokens`; default the newest first. */
  order: z.string().optional().catch(undefined),
  /** The thought under the cursor, as `run/question`. */
  at: z.string().optional().catch(undefined),
  /** Runs picked to be compared, with commas between. */
  pick: z.string().optional().catch(undefined),
});
export type RunsSearch = z.infer<typeof runsSearch>;
