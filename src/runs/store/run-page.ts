import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import type { Filter } from "../filter/filter.ts";
import { filterSql, SqlParameters } from "../filter/filter-sql.ts";
import { type RunOverview, runOverviewSchema } from "./run-overview.ts";
import type { Statement } from "./thought-page.ts";

/** Which runs are asked for, newest first. */
export interface RunQuery {
  /** Runs without a thought that fits are left out, and only fitting thoughts count. Default: all. */
  filter?: Filter | undefined;
  /** `next` of the page before. Default: from the beginning. */
  after?: string | undefined;
  /** Most runs. Default 50. */
  limit?: number | undefined;
}

/** Some runs, newest first. */
export interface RunPage {
  rows: RunOverview[];
  /** Asks for the runs behind these; null behind the last ones. */
  next: string | null;
}

/** The statement that finds one page, and one run more where others follow. */
export function runPageSql({ filter = [], after, limit = 50 }: RunQuery): Statement {
  const parameters = new SqlParameters();
  const fits = filterSql(filter, parameters);
  const conditions = [
    ...(after === undefined ? [] : [`run < ${parameters.add(readCursor(after))}`]),
    ...(filter.length === 0 ? [] : [`run IN (SELECT DISTINCT run FROM questions WHERE ${fits})`]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const sql = `
    WITH page AS MATERIALIZED (
      SELECT run, command, state, createdAt FROM runs ${where} ORDER BY run DESC LIMIT ${Math.trunc(limit) + 1}
    ), sums AS (
      SELECT run,
        count(*) AS thoughts, count(stopReason) AS finished,
        count(correct) AS graded, count(*) FILTER (correct) AS correct,
        to_json(list_sort(list_distinct(list(strategy) FILTER (strategy IS NOT NULL)))) AS strategies,
        to_json(list_sort(list_distinct(list(model) FILTER (model IS NOT NULL)))) AS models,
        arg_min(asked, ordinal) AS asked, arg_min(answer, ordinal) FILTER (ordinal = 0) AS answer,
        sum(tokens) AS tokens, sum(inputTokens) AS inputTokens, sum(calls) AS calls,
        CASE WHEN count(costUsd) = count(*) THEN sum(costUsd) END AS costUsd, sum(wallMs) AS thinkingMs
      FROM questions WHERE run IN (SELECT run FROM page) AND ${fits} GROUP BY run
    )
    SELECT run, command, state, epoch_ms(createdAt)::DOUBLE AS createdAt,
      ${SUMS.map((name) => `coalesce(${name}, 0)::DOUBLE AS ${name}`).join(", ")},
      coalesce(strategies, '[]')::VARCHAR AS strategies, coalesce(models, '[]')::VARCHAR AS models,
      asked, answer, CASE WHEN thoughts IS NULL THEN 0 ELSE costUsd END AS costUsd
    FROM page LEFT JOIN sums USING (run) ORDER BY run DESC`;
  return { sql, values: parameters.values };
}

const SUMS = ["thoughts", "finished", "graded", "correct", "tokens", "inputTokens", "calls", "thinkingMs"];

/** Makes a page of the records that {@link runPageSql} brought. */
export function runPage(records: readonly unknown[], { limit = 50 }: RunQuery): RunPage {
  const rows = records.slice(0, limit).map(readOverview);
  const last = rows.at(-1);
  const next = records.length <= limit || last === undefined ? null : last.run;
  return { rows, next };
}

const recordSchema = z.looseObject({ strategies: z.string(), models: z.string() });
const namesSchema = z.array(z.string());

function readOverview(record: unknown): RunOverview {
  const { strategies, models, ...cells } = recordSchema.parse(record);
  return runOverviewSchema.parse({
    ...cells,
    strategies: namesSchema.parse(JSON.parse(strategies)),
    models: namesSchema.parse(JSON.parse(models)),
  });
}

function readCursor(after: string): string {
  if (/^[\w-]+$/.test(after)) return after;
  throw new InputError("after: is not a page's next; leave it out to begin with the first page");
}
