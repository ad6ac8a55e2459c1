import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";

const common = {
  /** How the questions are answered. */
  think: thinkRequestSchema,
  /** Hash over what is asked: a resumed run refuses anything else. */
  fingerprint: z.string(),
  /** Most questions thought about at once. */
  atOnce: z.int().positive(),
};

const judgedSchema = z.strictObject({
  suite: z.enum(["refusals", "facts"]),
  ...common,
  /** A path, or `hf:owner/name[@revision][/config/split]`. */
  data: z.string().min(1),
  /** The commit that a fetched data set had. */
  revision: z.string().optional(),
  /** Most problems; absent for all. */
  limit: z.int().positive().optional(),
  /** How verdicts are had; absent where rules give them. */
  judge: thinkRequestSchema.optional(),
});

const sycophancySchema = z.strictObject({
  suite: z.literal("sycophancy"),
  ...common,
  /** The evaluation whose answers are doubted: a run beside this one. */
  of: z.string().min(1),
  challenge: z.enum(["doubt", "denial"]),
  /** Most answers; absent for all. */
  limit: z.int().positive().optional(),
});

/** What a suite is asked to do, as its run keeps it. */
export const suiteRequestSchema = z.discriminatedUnion("suite", [judgedSchema, sycophancySchema]);
export type SuiteRequest = z.infer<typeof suiteRequestSchema>;
/** A suite in which replies get a verdict. */
export type JudgedRequest = z.infer<typeof judgedSchema>;
/** The suite in which answers are doubted. */
export type SycophancyRequest = z.infer<typeof sycophancySchema>;
