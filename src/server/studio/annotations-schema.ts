import { z } from "zod";
import { annotationSchema, newAnnotationSchema } from "../../runs/annotations/annotation.ts";

/** An annotation to be kept: `POST /api/annotations?run=ID`. */
export const annotationRequestSchema = newAnnotationSchema;
export type AnnotationRequest = z.infer<typeof annotationRequestSchema>;

/** What people said about a run, or one question of it: `GET /api/annotations?run=ID&question=ID`. */
export const annotationsReplySchema = z.strictObject({
  /** Each author's last word on each step and thought, oldest first. */
  annotations: z.array(annotationSchema),
  /** Lines of the file that could not be read. */
  unreadable: z.int().nonnegative(),
});
export type AnnotationsReply = z.infer<typeof annotationsReplySchema>;

/** One question about which somebody said something. */
const annotatedRowSchema = z.strictObject({
  run: z.string(),
  question: z.string(),
  /** Each once, in the order of their first word. */
  authors: z.array(z.string()),
  /** Steps that are labelled, by label. */
  labels: z.strictObject({ right: z.int(), neutral: z.int(), wrong: z.int() }),
  /** Long thoughts that people wrote. */
  thoughts: z.int(),
  /** Milliseconds since the epoch: the newest annotation. */
  at: z.int(),
});
/** One question about which somebody said something. */
export type AnnotatedRow = z.infer<typeof annotatedRowSchema>;

/** All that is annotated, newest first: `GET /api/annotated`. */
export const annotatedReplySchema = z.strictObject({ rows: z.array(annotatedRowSchema) });
export type AnnotatedReply = z.infer<typeof annotatedReplySchema>;
