import { z } from "zod";

/** Where a line of a data set comes from. */
const sourceSchema = z.strictObject({
  /** The run that grew the tree; absent for thoughts that people wrote. */
  run: z.string().optional(),
  /** The question's id in that run. */
  question: z.string(),
  /** The problem's id, the same in every run over it. */
  problem: z.string().optional(),
  /** The gym's family or the benchmark's subject. */
  family: z.string().optional(),
});

/** What kind of thought a line teaches. */
const thoughtKinds = ["shortcut", "journey-draft", "journey-refined", "distilled", "human"] as const;
/** One of the kinds of thoughts. */
export type ThoughtKind = (typeof thoughtKinds)[number];

/**
 * What one line of a thought is: a step that leads to the answer, a wrong one, a reflection on what is wrong, or the
 * return to where the thought goes on.
 */
const lineKindSchema = z.enum(["step", "wrong", "reflection", "return"]);
/** What one line of a thought is. */
export type LineKind = z.infer<typeof lineKindSchema>;

/** One line of a data set of thoughts (JSONL): a question, how to think about it, and the right answer. */
export const thoughtLineSchema = z.strictObject({
  /** Unique within its file; the same tree has the same id in every arm. */
  id: z.string().min(1),
  question: z.string().min(1),
  /** One step a line, none of them empty. */
  thought: z.array(z.string().min(1)).min(1),
  answer: z.string().min(1),
  kind: z.enum(thoughtKinds),
  source: sourceSchema,
  /** What each line of the thought is, where that is known: a writer's own words carry no such marks. */
  lines: z.array(lineKindSchema).optional(),
  /** Wrong turns in the thought. */
  wrongTurns: z.int().nonnegative().optional(),
  /** Who put it into words: `draft`, `grammar`, or the writer's model name. */
  wording: z.string().optional(),
});
export type ThoughtLine = z.infer<typeof thoughtLineSchema>;

const attemptSchema = z.strictObject({
  thought: z.array(z.string()),
  answer: z.string(),
});

/** A right thought over a wrong one about the same question, for direct preference optimisation (arXiv 2305.18290). */
export const preferenceLineSchema = z.strictObject({
  id: z.string().min(1),
  question: z.string().min(1),
  chosen: attemptSchema,
  rejected: attemptSchema,
  kind: z.literal("preference"),
  source: sourceSchema,
});
export type PreferenceLine = z.infer<typeof preferenceLineSchema>;

/** A thought whose steps are labelled by what completions from them come to (Math-Shepherd, arXiv 2312.08935). */
export const stepLabelLineSchema = z.strictObject({
  id: z.string().min(1),
  question: z.string().min(1),
  steps: z.array(z.string().min(1)).min(1),
  /** 1 where any completion from behind the step is right, else 0; one a step. */
  hard: z.array(z.union([z.literal(0), z.literal(1)])),
  /** The share of completions that are right; one a step. */
  soft: z.array(z.number().min(0).max(1)),
  /** How many completions each label stands on. */
  completions: z.array(z.int().positive()),
  /** The reference answer. */
  gold: z.string(),
  /** The answer that the thought came to and whether it is right, where it came to one. */
  answer: z.string().optional(),
  correct: z.boolean().optional(),
  kind: z.literal("process-reward"),
  source: sourceSchema,
});
export type StepLabelLine = z.infer<typeof stepLabelLineSchema>;

/** Any line of a journey's data sets. */
export const journeyLineSchema = z.discriminatedUnion("kind", [
  thoughtLineSchema,
  preferenceLineSchema,
  stepLabelLineSchema,
]);
export type JourneyLine = z.infer<typeof journeyLineSchema>;
