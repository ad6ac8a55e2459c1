import { z } from "zod";

/**
 * The address of one thought and of the cursor in it, which tree, thought and annotation share: whoever moves the cursor
 * sets `node`, whoever shows it follows. A field that cannot be read is as if it were not there.
 */
export const oneThoughtSearch = z.object({
  /** A run's id; absent for the newest one. */
  run: z.string().optional().catch(undefined),
  /** The question's id in its run; absent for the first one. */
  question: z.string().optional().catch(undefined),
  /** The node under the cursor. */
  node: z.string().optional().catch(undefined),
});
