import { z } from "zod";
import { oneThoughtSearch } from "../../thought/thought-search.ts";

/** What the address of the annotation view says. */
export const annotateSearch = oneThoughtSearch.extend({
  /** `write`: the editor of long thoughts stands beside the steps; `all`: everything that is annotated. */
  pane: z.enum(["write", "all"]).optional().catch(undefined),
});
export type AnnotateSearch = z.infer<typeof annotateSearch>;
