import { z } from "zod";

/**
 * What people say about a run's thoughts, one JSON object a line of `annotations.jsonl` beside the log. Like the log it
 * is only ever appended to: a later annotation of one author takes the place of an earlier one about the same thing, and
 * both stay in the file. Scores that models gave are in the log and are never touched.
 */

/** Parts of a thought that a person writes (O1 Journey, part 1, arXiv 2410.18982), and plain steps between them. */
const partKindSchema = z.enum([
  "step",
  "trial",
  "reflection",
  "correction",
  "association",
  "common-sense",
  "conclusion",
]);

/** One part of a thought that a person wrote: what it does in the thought, and its words. */
export const thoughtPartSchema = z.strictObject({
  kind: partKindSchema,
  text: z.string().min(1).max(100_000),
});
export type ThoughtPart = z.infer<typeof thoughtPartSchema>;

const name = z.string().min(1).max(200);

const bodies = [
  z.strictObject({
    type: z.literal("step-labelled"),
    node: name,
    /** 1 right, 0 neither helps nor harms, -1 wrong, as in PRM800K; null takes the author's label back. */
    label: z.union([z.literal(1), z.literal(0), z.literal(-1), z.null()]),
  }),
  z.strictObject({
    type: z.literal("thought-written"),
    /** Names the thought among those of its author about this question; the same id again is a new version. */
    thought: name,
    /** In reading order; none takes the thought back. */
    parts: z.array(thoughtPartSchema).max(10_000),
    /** What the thought arrives at. */
    answer: z.string().max(10_000),
  }),
] as const;

const about = {
  /** The question's id in the run. */
  question: name,
  /** Who says so, as they call themselves. */
  author: z.string().trim().min(1).max(100),
};

/** An annotation as its author sends it: the time is the server's. */
export const newAnnotationSchema = z.discriminatedUnion("type", [
  bodies[0].extend(about),
  bodies[1].extend(about),
]);

const kept = { ...about, at: z.int().nonnegative() };

/** One line of `annotations.jsonl`; `at` is in milliseconds since the epoch. */
export const annotationSchema = z.discriminatedUnion("type", [
  bodies[0].extend(kept),
  bodies[1].extend(kept),
]);
export type Annotation = z.infer<typeof annotationSchema>;

/** What still stands of annotations in the order in which they were made: each author's last word on each thing. */
export function standingAnnotations(annotations: Iterable<Annotation>): Annotation[] {
  const last = new Map<string, Annotation>();
  for (const annotation of annotations) {
    const key = subjectOf(annotation);
    last.delete(key);
    const takenBack =
      annotation.type === "step-labelled" ? annotation.label === null : annotation.parts.length === 0;
    if (!takenBack) last.set(key, annotation);
  }
  return [...last.values()];
}

function subjectOf(annotation: Annotation): string {
  const { type, question, author } = annotation;
  return JSON.stringify([
    type,
    question,
    author,
    annotation.type === "step-labelled" ? annotation.node : annotation.thought,
  ]);
}
