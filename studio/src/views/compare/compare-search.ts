import { z } from "zod";

/** What the address of the compare view says. */
export const compareSearch = z.object({
  /** The runs to compare with commas between, the base first. */
  runs: z.string().optional().catch(undefined),
  /** In the filter grammar, such as `level:5`. */
  filter: z.string().optional().catch(undefined),
  /** Which run stands beside the base, from 1; default the first. */
  against: z.coerce.number().int().positive().optional().catch(undefined),
  /** Which of the four cells is listed; default all. */
  cell: z.enum(["fixed", "broken", "bothRight", "bothWrong"]).optional().catch(undefined),
  /** The problem that is shown, as `problem#sample`. */
  problem: z.string().optional().catch(undefined),
  /** `tree`: the trees over each other; default the texts beside each other. */
  show: z.enum(["tree"]).optional().catch(undefined),
});
export type CompareSearch = z.infer<typeof compareSearch>;
