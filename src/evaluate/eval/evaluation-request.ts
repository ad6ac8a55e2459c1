import { z } from "zod";
import { thinkRequestSchema } from "../../strategies/think-request.ts";

const benchmarkChoiceSchema = z.strictObject({
  kind: z.literal("benchmark"),
  /** Its name in the registry of benchmarks, such as `gsm8k`. */
  benchmark: z.string().min(1),
  /** A path, or `hf:owner/name[@revision][/config/split]`. */
  data: z.string().min(1),
  /** The commit that a fetched data set had, so that a resumed run reads the same. */
  revision: z.string().optional(),
  /** For `own`: which columns hold what. */
  columns: z.record(z.string(), z.string()).optional(),
  /** Problems that are passed over first. */
  skip: z.int().nonnegative().default(0),
  /** Most problems behind them; absent for all. */
  limit: z.int().positive().optional(),
});

const gymChoiceSchema = z.strictObject({
  kind: z.literal("gym"),
  /** Problems are drawn from each in turn. */
  families: z.array(z.string().min(1)).min(1),
  split: z.enum(["train", "validation", "test"]),
  phrasing: z.enum(["trained", "held-out"]),
  /** Draws the problems; the run's own seed does not, so that runs of several seeds meet the same ones. */
  seed: z.int().nonnegative(),
  skip: z.int().nonnegative().default(0),
  limit: z.int().positive(),
});

/** Which problems an evaluation is over. */
export const problemChoiceSchema = z.discriminatedUnion("kind", [benchmarkChoiceSchema, gymChoiceSchema]);
export type ProblemChoice = z.infer<typeof problemChoiceSchema>;

/** Which columns of a file with recorded answers hold what; a dot goes into a column: `reply.text`. */
export const replayColumnsSchema = z.strictObject({
  /** A text that holds the answer, or a list of such texts: several samples. */
  answer: z.string().min(1),
  /** The problem's id, with or without the benchmark's name. Absent where records stand in the order of the problems. */
  id: z.string().min(1).optional(),
  /** What the thought cost, where it was recorded. */
  inputTokens: z.string().min(1).optional(),
  outputTokens: z.string().min(1).optional(),
});
export type ReplayColumns = z.infer<typeof replayColumnsSchema>;

const answersSchema = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("model"),
    think: thinkRequestSchema,
    /** Most questions thought about at once. */
    atOnce: z.int().positive(),
    /** The checker's name, where finished thoughts are checked by rule. */
    checker: z.string().optional(),
  }),
  z.strictObject({
    by: z.literal("replay"),
    /** Answers that others recorded. */
    file: z.string().min(1),
    columns: replayColumnsSchema,
  }),
]);

/** What an evaluation is asked to do, as its run keeps it. */
export const evaluationRequestSchema = z.strictObject({
  problems: problemChoiceSchema,
  /** Hash over ids, texts and golds of the problems: a resumed run refuses others. */
  fingerprint: z.string(),
  /** Answers to each problem: sample k of a problem is the question `<problem id>#<k>`. */
  samples: z.int().positive(),
  answers: answersSchema,
});
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

/** What is evaluated, in the form of a model's name; `replay` for recorded answers. */
export function modelOf({ answers }: EvaluationRequest): string {
  return answers.by === "replay" ? "replay" : (answers.think.roles.policy ?? answers.think.model);
}

/** The name that the problems go by on the command line: `gsm8k`, `gym/equations`, `gym`. */
export function benchmarkOf({ problems }: Pick<EvaluationRequest, "problems">): string {
  if (problems.kind === "benchmark") return problems.benchmark;
  return problems.families.length === 1 ? `gym/${problems.families[0]}` : "gym";
}

/** The question that one sample of a problem is. */
export function questionIdOf(problem: string, sample: number): string {
  return `${problem}#${sample}`;
}
