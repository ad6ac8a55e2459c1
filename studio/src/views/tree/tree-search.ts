import { z } from "zod";
import { oneThoughtSearch } from "../../thought/thought-search.ts";

/** What the address of the tree view says. */
export const treeSearch = oneThoughtSearch.extend({
  /** How many of the question's events are shown: a moment of the replay; absent for all of them. */
  at: z.coerce.number().int().nonnegative().optional().catch(undefined),
  /** Which way the tree grows; default down. */
  grows: z.enum(["down", "right"]).optional().catch(undefined),
});
