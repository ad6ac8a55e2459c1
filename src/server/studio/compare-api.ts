import { Hono } from "hono";
import { parseFilter } from "../../runs/filter/parse-filter.ts";
import { findRun } from "../../runs/run-folder.ts";
import type { RunStore } from "../../runs/store/run-store.ts";
import type { ThoughtRow } from "../../runs/store/thought-row.ts";
import { InputError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import { compareRuns } from "./compare-rows.ts";
import type { CompareReply } from "./compare-schema.ts";
import { refuse } from "./refuse.ts";
import { sharedStore } from "./shared-store.ts";

const MOST_RUNS = 8;
/** Thoughts of one run that are compared. */
const MOST_THOUGHTS = 50_000;
const PAGE = 5_000;

/** Runs beside each other: `GET /compare?runs=A,B&filter=`. */
export function compareApi({ runsRoot }: Pick<ServerContext, "runsRoot">): Hono {
  return new Hono()
    .get("/compare", async (c) => {
      const names = (c.req.query("runs") ?? "").split(",").filter((name) => name.trim() !== "");
      if (names.length < 2 || names.length > MOST_RUNS)
        throw new InputError(`name two to ${MOST_RUNS} runs: /api/compare?runs=ID,ID`);
      const filter = parseFilter(c.req.query("filter") ?? "");
      const store = await sharedStore(runsRoot);
      const runs = [];
      for (const name of names) {
        const run = findRun(runsRoot, name.trim());
        runs.push({ run, rows: await thoughtsOf(store, run, filter) });
      }
      return c.json(compareRuns(runs) satisfies CompareReply);
    })
    .onError(refuse);
}

async function thoughtsOf(
  store: RunStore,
  run: string,
  filter: ReturnType<typeof parseFilter>,
): Promise<ThoughtRow[]> {
  const own = { field: "run", negated: false, test: { kind: "one-of" as const, patterns: [[run]] } };
  const rows: ThoughtRow[] = [];
  let after: string | undefined;
  do {
    const page = await store.thoughts({
      filter: [own, ...filter],
      order: "oldest",
      after,
      limit: PAGE,
      textLimit: 0,
    });
    rows.push(...page.rows);
    after = page.next ?? undefined;
    if (rows.length > MOST_THOUGHTS)
      throw new InputError(
        `${run} has more than ${MOST_THOUGHTS} thoughts; compare a part of them with a filter`,
      );
  } while (after !== undefined);
  return rows;
}
