import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";
import { shortcutChoices } from "./shortcut.ts";

/** The data sets that trees can be woven into. */
export const arms = ["shortcut", "journey-draft", "journey-refined", "preference", "process-reward"] as const;
/** One of {@link arms}. */
export type Arm = (typeof arms)[number];

/** How trees become data sets. */
export const weaveRequestSchema = z.strictObject({
  /** Runs of graded trees, in this order. */
  runs: z.array(z.string().min(1)).min(1),
  arms: z.array(z.enum(arms)).min(1),
  /** Which shortcuts of a tree; each has a journey of its own. */
  shortcuts: z.enum(shortcutChoices).default("shortest"),
  /** Most children tried at a node of the path, the right one among them. */
  trials: z.int().min(1).default(2),
  /** How likely a node's wrong turns are taken; or as often as the policy itself went wrong there. */
  chance: z.union([z.number().min(0).max(1), z.literal("policy")]).default(1),
  /** Only trees whose long thought has at least so many wrong turns, in every arm. */
  leastWrongTurns: z.int().min(0).default(0),
  /** Only trees whose long thought has at most so many lines, in every arm. */
  mostLines: z.int().positive().optional(),
  /** Preference pairs of a question. */
  pairs: z.int().positive().default(5),
  /** The words between steps: of natural language, or of the gym for nano. `auto` goes by the run's policy. */
  words: z.enum(["auto", "english", "gym"]).default("auto"),
  /** Who refines drafts; absent for the grammar of connectives. */
  writer: thinkRequestSchema.optional(),
  seed: z.int().nonnegative().default(0),
});
export type WeaveRequest = z.infer<typeof weaveRequestSchema>;
