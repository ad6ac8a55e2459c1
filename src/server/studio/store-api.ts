import { join } from "node:path";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { type Filter, foldText } from "../../runs/filter/filter.ts";
import { parseFilter } from "../../runs/filter/parse-filter.ts";
import { findRun, LOG_FILE } from "../../runs/run-folder.ts";
import { LogTail } from "../../runs/store/log-tail.ts";
import type { RunStore } from "../../runs/store/run-store.ts";
import { THOUGHT_ORDERS } from "../../runs/store/thought-page.ts";
import { InputError } from "../../thought/errors.ts";
import type { Event } from "../../thought/event.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "./refuse.ts";
import { sharedStore } from "./shared-store.ts";
import { LISTED_CHARACTERS, type QuestionReply, type RunsReply, type ThoughtsReply } from "./store-schema.ts";

const DEFAULT_ROWS = 50;
const MOST_ROWS = 500;

/** Search parameters of the lists. */
const listSchema = z.object({
  filter: z.string().max(10_000).default(""),
  /** Free words, beside the filter. */
  text: z.string().max(10_000).default(""),
  after: z.string().min(1).max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(DEFAULT_ROWS),
  order: z.enum(THOUGHT_ORDERS).default("newest"),
});
type List = z.infer<typeof listSchema>;

/**
 * Looking at what was thought: `GET /thoughts` and `GET /runs`, page by page, and `GET /runs/:run/questions/:question`, the
 * events of one question.
 */
export function storeApi({ runsRoot }: Pick<ServerContext, "runsRoot">): Hono {
  return new Hono()
    .get("/thoughts", async (c) => {
      const { after, limit, order, ...words } = listOf(c);
      const store = await sharedStore(runsRoot);
      const filter = filterOf(words);
      const page = store.thoughts({ filter, order, after, limit, textLimit: LISTED_CHARACTERS });
      const cheap =
        (store.complete || filter.length > 0) && !filter.some(({ test }) => test.kind === "holds");
      const counted = cheap && after === undefined ? store.count(filter) : undefined;
      const reply: ThoughtsReply = { ...(await page), ...(counted && { total: await counted }) };
      readOn(store);
      return c.json(reply);
    })
    .get("/runs", async (c) => {
      const { after, limit, ...words } = listOf(c);
      const store = await sharedStore(runsRoot);
      const page: RunsReply = await store.runs({ filter: filterOf(words), after, limit });
      readOn(store);
      return c.json(page);
    })
    .get("/runs/:run/questions/:question", async (c) => {
      const run = findRun(runsRoot, c.req.param("run"));
      const question = c.req.param("question");
      const events: Event[] = [];
      await new LogTail(join(runsRoot, run, LOG_FILE)).read((event) => {
        if (event.question === question) events.push(event);
      });
      if (events.length === 0)
        throw new InputError(`no question "${question}" in ${run}; see /api/thoughts?filter=run:${run}`);
      return c.json({ events } satisfies QuestionReply);
    })
    .onError(refuse);
}

/** Reads the logs that a first page did not need, so that the next question need not wait for them. */
function readOn(store: RunStore): void {
  if (!store.complete) store.refresh().catch(() => {});
}

function listOf(c: Context): List {
  const parsed = listSchema.safeParse(c.req.query());
  if (parsed.success) return parsed.data;
  const [mistake] = parsed.error.issues;
  throw new InputError(
    `${mistake?.path.join(".")}: ${mistake?.message}; see the studio's API in docs/api.md`,
  );
}

function filterOf({ filter, text }: Pick<List, "filter" | "text">): Filter {
  const words = text.trim();
  return [
    ...parseFilter(filter),
    ...(words === ""
      ? []
      : [{ field: "text", negated: false, test: { kind: "holds" as const, text: foldText(words) } }]),
  ];
}
