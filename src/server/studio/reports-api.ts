import { statSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { proportion } from "../../evaluate/proportion.ts";
import { parseFilter } from "../../runs/filter/parse-filter.ts";
import { findRun, LOG_FILE } from "../../runs/run-folder.ts";
import { InputError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "./refuse.ts";
import { reportReply } from "./report-reply.ts";
import type { ReportsReply } from "./report-schema.ts";
import { sharedStore } from "./shared-store.ts";

/** Evaluations that are listed, the newest ones. */
const LISTED = 200;
/** A report is worked out from the whole log at once; from a larger one that would hold up everybody else. */
const MOST_BYTES = 256 << 20;

/** What evaluations came to: `GET /reports`, and `GET /reports/:run` for one of them. */
export function reportsApi({ runsRoot }: Pick<ServerContext, "runsRoot">): Hono {
  return new Hono()
    .get("/reports", async (c) => {
      const store = await sharedStore(runsRoot);
      const { rows } = await store.runs({ filter: parseFilter("command:eval -correct:open"), limit: LISTED });
      const reply: ReportsReply = {
        rows: rows.map(
          ({ run, strategies, models, createdAt, graded, correct, tokens, thoughts, costUsd }) => {
            const { share, low, high } = proportion(correct, graded);
            const what = `${strategies.join(", ")} on ${models.join(", ")}`;
            const each = (sum: number): number => sum / Math.max(1, thoughts);
            const cost = costUsd === null ? null : each(costUsd);
            return { run, what, createdAt, graded, share, low, high, tokens: each(tokens), costUsd: cost };
          },
        ),
      };
      return c.json(reply);
    })
    .get("/reports/:run", (c) => {
      const folder = join(runsRoot, findRun(runsRoot, c.req.param("run")));
      if ((statSync(join(folder, LOG_FILE), { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
        throw new InputError(`the log is too large to be read at once; see ${join(folder, "report.html")}`);
      return c.json(reportReply(folder));
    })
    .onError(refuse);
}
