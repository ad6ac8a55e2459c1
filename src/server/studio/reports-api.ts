import { join } from "node:path";
import { Hono } from "hono";
import { parseFilter } from "../../runs/filter/parse-filter.ts";
import { findRun } from "../../runs/run-folder.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "./refuse.ts";
import { reportRow } from "./report-reply.ts";
import type { ReportsReply } from "./report-schema.ts";
import { Reports } from "./report-thread.ts";
import { sharedStore } from "./shared-store.ts";

/** Evaluations that are listed, the newest ones. */
const LISTED = 200;

/** What evaluations came to: `GET /reports`, and `GET /reports/:run` for one of them. */
export function reportsApi({ runsRoot }: Pick<ServerContext, "runsRoot">): Hono {
  const reports = new Reports();
  return new Hono()
    .get("/reports", async (c) => {
      const store = await sharedStore(runsRoot);
      const { rows } = await store.runs({ filter: parseFilter("command:eval -correct:open"), limit: LISTED });
      return c.json({ rows: rows.map(reportRow) } satisfies ReportsReply);
    })
    .get("/reports/:run", async (c) => {
      const json = await reports.of(join(runsRoot, findRun(runsRoot, c.req.param("run"))));
      return c.body(json, 200, { "content-type": "application/json" });
    })
    .onError(refuse);
}
