import { join } from "node:path";
import { type Context, Hono } from "hono";
import { stream } from "hono/streaming";
import type { StreamingApi } from "hono/utils/stream";
import { findRun } from "../../runs/run-folder.ts";
import { InputError, SojournError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import { ONLY_QUESTION, readAskBody } from "./ask-body.ts";
import type { Asked, Options, Stopped } from "./ask-schema.ts";
import { AskedRuns } from "./asked-runs.ts";
import { streamEvents } from "./event-stream.ts";
import { optionsOf } from "./options.ts";
import { refuse } from "./refuse.ts";

/**
 * Asking and watching: `GET /options` says what can be asked, `POST /ask` starts a run in this process,
 * `GET /runs/:run/events` streams any run's events while it grows, `POST /runs/:run/stop` has a run of this process end with
 * its best answer so far.
 */
export function askApi(context: ServerContext): Hono {
  const { runsRoot } = context;
  const asked = new AskedRuns(context);
  return new Hono()
    .get("/options", (c) => c.json(optionsOf(context) satisfies Options))
    .post("/ask", async (c) => {
      const body: unknown = await c.req.json().catch(() => {
        throw new InputError('the request is not JSON; send {"question": "..."}');
      });
      const run = await asked.start(readAskBody(body, context));
      return c.json({ run, question: ONLY_QUESTION } satisfies Asked, 201);
    })
    .get("/runs/:run/events", (c) => {
      const run = findRun(runsRoot, c.req.param("run"));
      const from = firstLine(c);
      const question = c.req.query("question");
      const brief = c.req.query("brief") === "1";
      c.header("content-type", "text/event-stream");
      c.header("cache-control", "no-cache, no-transform");
      c.header("x-accel-buffering", "no");
      const send = async (out: StreamingApi): Promise<void> => {
        const gone = new AbortController();
        out.onAbort(() => gone.abort());
        await streamEvents({
          ...{ run, folder: join(runsRoot, run), question, from, brief, asked, signal: gone.signal },
          write: async (text) => {
            await out.write(text);
          },
        });
      };
      // A run that is removed while it is streamed ends the stream; the reader asks again and is told.
      return stream(c, send, async (error) => {
        if (!(error instanceof SojournError)) console.error(error);
      });
    })
    .post("/runs/:run/stop", (c) => {
      const run = findRun(runsRoot, c.req.param("run"));
      if (!asked.stop(run)) {
        throw new InputError(`${run} does not think in this server; stop it where it was started`);
      }
      return c.json({ run, stopping: true } satisfies Stopped, 202);
    })
    .onError(refuse);
}

/** Behind which line the reader wants to go on: what its last connection had, else what it asks for. */
function firstLine(c: Context): number {
  const given = c.req.header("last-event-id") ?? c.req.query("from") ?? "0";
  const line = /^\d{1,12}$/.test(given) ? Number(given) : undefined;
  if (line === undefined) throw new InputError(`"${given}" is no line of a log; give a whole number`);
  return line;
}
