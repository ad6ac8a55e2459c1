import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { MARKERS } from "../../thought/structure.ts";
import type { Filter } from "../filter/filter.ts";
import { filterSql, SqlParameters } from "../filter/filter-sql.ts";
import { QUESTION_COLUMNS } from "./columns.ts";
import type { RunRange } from "./run-ranges.ts";
import { type ThoughtRow, thoughtRowSchema } from "./thought-row.ts";

/** By what thoughts can be put in order, besides by run. */
const ORDER_COLUMNS = [
  "tokens",
  "words",
  "lines",
  "steps",
  "depth",
  "calls",
  "reward",
  "costUsd",
  "wallMs",
] as const;
type OrderColumn = (typeof ORDER_COLUMNS)[number];

/**
 * How thoughts are put in order: `newest` and `oldest` by run and by place in it; a column's name from the least, and
 * with `-` before it from the most. What has no value in the column comes last.
 */
export type ThoughtOrder = "newest" | "oldest" | OrderColumn | `-${OrderColumn}`;

/** Every {@link ThoughtOrder}. */
export const THOUGHT_ORDERS: readonly ThoughtOrder[] = [
  "newest",
  "oldest",
  ...ORDER_COLUMNS.flatMap((column): ThoughtOrder[] => [column, `-${column}`]),
];

/** Reads an order that somebody wrote. Throws InputError with those that there are. */
export function readOrder(text: string): ThoughtOrder {
  const order = THOUGHT_ORDERS.find((one) => one === text);
  if (order !== undefined) return order;
  throw new InputError(`no order "${text}"; there are ${THOUGHT_ORDERS.join(", ")}`);
}

const DEFAULT_LIMIT = 50;

/** Which thoughts are asked for. */
export interface ThoughtQuery {
  /** Default: all. */
  filter?: Filter | undefined;
  /** Default `newest`. */
  order?: ThoughtOrder | undefined;
  /** `next` of the page before. Default: from the beginning. */
  after?: string | undefined;
  /** Most rows. Default 50. */
  limit?: number | undefined;
  /** Characters after which a row's text is cut. Default: never. */
  textLimit?: number | undefined;
}

/** Some thoughts in order. */
export interface ThoughtPage {
  rows: ThoughtRow[];
  /** Asks for the rows behind these; null behind the last ones. */
  next: string | null;
}

/** A statement and its parameters. */
export interface Statement {
  sql: string;
  values: (string | number | boolean)[];
}

/** Where a page ends: the last row's key. */
const cursorSchema = z.tuple([z.number().nullable(), z.string(), z.int().nonnegative()]);
type Cursor = z.infer<typeof cursorSchema>;

/** What says which thought it is, and where it stands in an order. */
const keySchema = z.object({ value: z.number().nullable(), run: z.string(), ordinal: z.int().nonnegative() });
/** One of the thoughts of a page, before its row is read. */
export type ThoughtKey = z.infer<typeof keySchema>;

/** True where the order is that of the runs, up or down. */
export function isByRun({ order = "newest" }: ThoughtQuery): boolean {
  return orderOf(order).column === undefined;
}

/** Where a page begins: the run that the page before ended in. Undefined for a first page. */
export function runBefore({ after }: ThoughtQuery): string | undefined {
  return after === undefined ? undefined : readCursor(after)[1];
}

/**
 * The statement that finds the keys of one page, and one key more where others follow. Rows themselves are long, and are read
 * only for the page: {@link thoughtRowsSql}.
 *
 * @param range the runs to look in; default all
 */
export function thoughtKeysSql(query: ThoughtQuery, range?: RunRange): Statement {
  const { filter = [], order = "newest", after, limit = DEFAULT_LIMIT } = query;
  const parameters = new SqlParameters();
  const conditions = [filterSql(filter, parameters)];
  const by = orderOf(order);
  if (range !== undefined)
    conditions.push(`run >= ${parameters.add(range.first)} AND run <= ${parameters.add(range.last)}`);
  if (after !== undefined) conditions.push(behind(readCursor(after), by, parameters));
  const direction = by.descending ? "DESC" : "ASC";
  const keys = [
    ...(by.column === undefined ? [] : [`value ${direction} NULLS LAST`]),
    `run ${direction}`,
    `ordinal ${direction}`,
  ];
  const value = by.column === undefined ? "NULL::DOUBLE" : `"${by.column}"::DOUBLE`;
  const sql = `SELECT ${value} AS value, run, ordinal FROM questions WHERE ${conditions.join(" AND ")}
    ORDER BY ${keys.join(", ")} LIMIT ${Math.trunc(limit) + 1}`;
  return { sql, values: parameters.values };
}

/** Reads the records that {@link thoughtKeysSql} brought. */
export function readThoughtKeys(records: readonly unknown[]): ThoughtKey[] {
  return z.array(keySchema).parse(records);
}

/** The statement that reads the rows of some keys, of which there is at least one. */
export function thoughtRowsSql(keys: readonly ThoughtKey[], { textLimit }: ThoughtQuery): Statement {
  const parameters = new SqlParameters();
  // The runs alone let most of a file be passed over.
  const runs = [...new Set(keys.map(({ run }) => run))].map((run) => parameters.add(run));
  const pairs = keys.map(({ run, ordinal }) => `(${parameters.add(run)}, ${parameters.add(ordinal)})`);
  const sql = `SELECT ${pageColumns(textLimit)} FROM questions
    WHERE run IN (${runs.join(", ")}) AND (run, ordinal) IN (VALUES ${pairs.join(", ")})`;
  return { sql, values: parameters.values };
}

/** Puts a page together: the records of {@link thoughtRowsSql} in the order of the keys. */
export function thoughtPage(
  keys: readonly ThoughtKey[],
  records: readonly unknown[],
  { limit = DEFAULT_LIMIT }: ThoughtQuery,
): ThoughtPage {
  const rows = new Map(records.map(readThought).map((row) => [keyOf(row), row]));
  const shown = keys.slice(0, limit);
  const last = shown.at(-1);
  return {
    // A run that went on, or was removed, between the two statements has lost a row: it is in no page then.
    rows: shown.flatMap((key) => rows.get(keyOf(key)) ?? []),
    next:
      keys.length <= limit || last === undefined ? null : writeCursor([last.value, last.run, last.ordinal]),
  };
}

function keyOf({ run, ordinal }: Pick<ThoughtKey, "run" | "ordinal">): string {
  return `${run}/${ordinal}`;
}

/** Columns of a row in a page, so that {@link readThought} can read it. */
function pageColumns(textLimit: number | undefined): string {
  return QUESTION_COLUMNS.flatMap(({ name, type }) => {
    if (name === "folded") return [];
    if (name === "text" && textLimit !== undefined) return `left(text, ${Math.trunc(textLimit)}) AS text`;
    return type === "TIMESTAMP_MS" ? `epoch_ms("${name}")::DOUBLE AS "${name}"` : `"${name}"`;
  }).join(", ");
}

const tagsSchema = z.record(z.string(), z.string());

function readThought(record: unknown): ThoughtRow {
  const { tags, ...cells } = z.looseObject({ tags: z.string() }).parse(record);
  const markers: Record<string, unknown> = {};
  for (const marker of MARKERS) {
    markers[marker] = cells[marker];
    delete cells[marker];
  }
  return thoughtRowSchema.parse({ ...cells, markers, tags: tagsSchema.parse(JSON.parse(tags)) });
}

function orderOf(order: ThoughtOrder): { column: OrderColumn | undefined; descending: boolean } {
  const column = ORDER_COLUMNS.find((name) => order === name || order === `-${name}`);
  return { column, descending: order === "newest" || order.startsWith("-") };
}

function behind(
  [value, run, ordinal]: Cursor,
  { column, descending }: ReturnType<typeof orderOf>,
  parameters: SqlParameters,
): string {
  const [less, atMost] = descending ? ["<", "<="] : [">", ">="];
  const at = parameters.add(run);
  const tie = `run ${atMost} ${at} AND (run ${less} ${at} OR ordinal ${less} ${parameters.add(ordinal)})`;
  if (column === undefined) return `(${tie})`;
  if (value === null) return `("${column}" IS NULL AND ${tie})`;
  const here = `${parameters.add(value)}::DOUBLE`;
  return `("${column}" ${less} ${here} OR "${column}" IS NULL OR ("${column}" = ${here} AND ${tie}))`;
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function readCursor(after: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(after, "base64url").toString("utf8")));
  } catch (error) {
    throw new InputError("after: is not a page's next; leave it out to begin with the first page", error);
  }
}
