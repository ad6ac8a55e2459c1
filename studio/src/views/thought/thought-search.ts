import { z } from "zod";
import { oneThoughtSearch } from "../../thought/thought-search.ts";

/** What the address of the thought view says. */
export const thoughtSearch = oneThoughtSearch.extend({
  /** `chosen`: only the way to the answer; default all that was tried. */
  reading: z.enum(["chosen"]).optional().catch(undefined),
  /** Highlighted markers with commas between, such as `wait,hmm`. */
  words: z.string().optional().catch(undefined),
  /** A text that is looked for. */
  find: z.string().max(200).optional().catch(undefined),
  /** `refined`: the writer's text beside the thinking. */
  beside: z.enum(["refined"]).optional().catch(undefined),
});
export type ThoughtSearch = z.infer<typeof thoughtSearch>;
