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
  /** `written`: the answer as a writer put it, beside the thinking; `refined`: the long thoughts woven of it, with their drafts. */
  beside: z.enum(["written", "refined"]).optional().catch(undefined),
  /** Whether the side about the thought is shown where the window is too narrow for it. */
  about: z.literal(true).optional().catch(undefined),
  /** Which of several woven thoughts: its data set and its id, with a blank between. */
  woven: z.string().optional().catch(undefined),
});
export type ThoughtSearch = z.infer<typeof thoughtSearch>;
