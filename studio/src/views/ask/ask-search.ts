import { z } from "zod";
import { oneThoughtSearch } from "../../thought/thought-search.ts";

/** What the address of the ask view says: what is asked and how, and once it is asked, its run. */
export const askSearch = oneThoughtSearch.extend({
  /** The question as typed. */
  ask: z.string().optional().catch(undefined),
  strategy: z.string().optional().catch(undefined),
  effort: z.string().optional().catch(undefined),
  model: z.string().optional().catch(undefined),
  checker: z.string().optional().catch(undefined),
  /** A system message for the model. */
  system: z.string().optional().catch(undefined),
  /** What stands beside the tree; default the agents. */
  side: z.enum(["agents", "step", "hidden"]).optional().catch(undefined),
  /** Which way the tree grows. */
  grows: z.enum(["down", "right"]).optional().catch(undefined),
});
export type AskSearch = z.infer<typeof askSearch>;
