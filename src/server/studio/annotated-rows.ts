import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Annotation, standingAnnotations } from "../../runs/annotations/annotation.ts";
import { hasAnnotations, readAnnotations } from "../../runs/annotations/annotation-file.ts";
import type { AnnotatedRow } from "./annotations-schema.ts";

/** The questions below `root` about which somebody said something, the newest word first. */
export function annotatedRows(root: string): AnnotatedRow[] {
  if (!existsSync(root)) return [];
  const rows = readdirSync(root)
    .filter((run) => !/^[._]/.test(run) && hasAnnotations(join(root, run)))
    .flatMap((run) => rowsOf(run, standingAnnotations(readAnnotations(join(root, run)).annotations)));
  return rows.sort((one, other) => other.at - one.at);
}

function rowsOf(run: string, annotations: readonly Annotation[]): AnnotatedRow[] {
  const rows = new Map<string, AnnotatedRow>();
  for (const annotation of annotations) {
    const { question, author, at } = annotation;
    const row = rows.get(question) ?? emptyRow(run, question);
    rows.set(question, row);
    row.at = Math.max(row.at, at);
    if (!row.authors.includes(author)) row.authors.push(author);
    if (annotation.type === "thought-written") row.thoughts++;
    else if (annotation.label === 1) row.labels.right++;
    else if (annotation.label === 0) row.labels.neutral++;
    else row.labels.wrong++;
  }
  return [...rows.values()];
}

function emptyRow(run: string, question: string): AnnotatedRow {
  return { run, question, authors: [], labels: { right: 0, neutral: 0, wrong: 0 }, thoughts: 0, at: 0 };
}
