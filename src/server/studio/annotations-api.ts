import { join } from "node:path";
import { type Context, Hono } from "hono";
import { standingAnnotations } from "../../runs/annotations/annotation.ts";
import { appendAnnotation, readAnnotations } from "../../runs/annotations/annotation-file.ts";
import { findRun } from "../../runs/run-folder.ts";
import { InputError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import { annotatedRows } from "./annotated-rows.ts";
import { type AnnotatedReply, type AnnotationsReply, annotationRequestSchema } from "./annotations-schema.ts";
import { refuse } from "./refuse.ts";

/**
 * What people say about thoughts: `GET` and `POST /annotations?run=&question=`, and `GET /annotated` for all of it. Only
 * ever appends, to a file of its own beside the run's log.
 */
export function annotationsApi({ runsRoot, clock }: Pick<ServerContext, "runsRoot" | "clock">): Hono {
  const folderOf = (c: Context): string => {
    const run = c.req.query("run");
    if (run === undefined) throw new InputError("say of which run: /api/annotations?run=ID");
    return join(runsRoot, findRun(runsRoot, run));
  };
  const reply = (c: Context): AnnotationsReply => {
    const question = c.req.query("question");
    const { annotations, unreadable } = readAnnotations(folderOf(c));
    const standing = standingAnnotations(annotations);
    return {
      annotations: question === undefined ? standing : standing.filter((one) => one.question === question),
      unreadable,
    };
  };
  return new Hono()
    .onError(refuse)
    .get("/annotations", (c) => c.json(reply(c)))
    .post("/annotations", async (c) => {
      const body: unknown = await c.req.json().catch(() => undefined);
      const parsed = annotationRequestSchema.safeParse(body);
      if (!parsed.success) {
        const [mistake] = parsed.error.issues;
        throw new InputError(`no annotation: ${mistake?.path.join(".")}: ${mistake?.message}`);
      }
      appendAnnotation(folderOf(c), { ...parsed.data, at: Math.round(clock()) });
      return c.json(reply(c), 201);
    })
    .get("/annotated", (c) => c.json({ rows: annotatedRows(runsRoot) } satisfies AnnotatedReply));
}
