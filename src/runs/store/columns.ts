import { MARKERS } from "../../thought/structure.ts";
import { foldText } from "../filter/filter.ts";
import type { RunRow } from "./run-row.ts";
import type { CallRow, StepRow, ThoughtRow } from "./thought-row.ts";

/** A value of a cell, as a row gives it. */
export type Cell = string | number | boolean | null;

/** One column of a table. */
export interface Column<Row> {
  name: string;
  type: "VARCHAR" | "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP_MS";
  of: (row: Row) => Cell;
}

/** The names of the tables: of the views that are queried, and of the files that hold them. */
export const TABLES = ["runs", "questions", "steps", "calls"] as const;
export type TableName = (typeof TABLES)[number];

/** The columns of the `runs` table. */
export const RUN_COLUMNS: readonly Column<RunRow>[] = [
  text("run", (row) => row.run),
  text("command", (row) => row.command),
  text("state", (row) => row.state),
  time("createdAt", (row) => row.createdAt),
  { name: "seed", type: "BIGINT", of: (row) => row.seed },
  text("version", (row) => row.version),
  text("commit", (row) => row.commit),
  text("models", (row) => JSON.stringify(row.models)),
  { name: "logBytes", type: "BIGINT", of: (row) => row.logBytes },
  whole("questions", (row) => row.questions),
];

/** The columns of the `questions` table: a row's own fields, a column for each marker, and the text without its case. */
export const QUESTION_COLUMNS: readonly Column<ThoughtRow>[] = [
  text("run", (row) => row.run),
  text("question", (row) => row.question),
  whole("ordinal", (row) => row.ordinal),
  text("command", (row) => row.command),
  time("createdAt", (row) => row.createdAt),
  text("problem", (row) => row.problem),
  whole("sample", (row) => row.sample),
  text("source", (row) => row.source),
  text("family", (row) => row.family),
  text("level", (row) => row.level),
  text("tags", (row) => JSON.stringify(row.tags)),
  text("strategy", (row) => row.strategy),
  text("model", (row) => row.model),
  text("effort", (row) => row.effort),
  text("stopReason", (row) => row.stopReason),
  truth("correct", (row) => row.correct),
  truth("checked", (row) => row.checked),
  real("reward", (row) => row.reward),
  whole("tokens", (row) => row.tokens),
  whole("inputTokens", (row) => row.inputTokens),
  whole("reasoningTokens", (row) => row.reasoningTokens),
  whole("calls", (row) => row.calls),
  real("costUsd", (row) => row.costUsd),
  real("wallMs", (row) => row.wallMs),
  whole("words", (row) => row.words),
  whole("lines", (row) => row.lines),
  whole("steps", (row) => row.steps),
  whole("depth", (row) => row.depth),
  whole("characters", (row) => row.characters),
  ...MARKERS.map((marker) => whole<ThoughtRow>(marker, (row) => row.markers[marker])),
  text("asked", (row) => row.asked),
  text("answer", (row) => row.answer),
  text("gold", (row) => row.gold),
  text("text", (row) => row.text),
  text("folded", (row) => foldText(row.text)),
];

/** The columns of the `steps` table. */
export const STEP_COLUMNS: readonly Column<StepRow>[] = [
  text("run", (row) => row.run),
  text("question", (row) => row.question),
  text("node", (row) => row.node),
  text("parent", (row) => row.parent),
  whole("depth", (row) => row.depth),
  whole("ordinal", (row) => row.ordinal),
  text("text", (row) => row.text),
  real("reward", (row) => row.reward),
  text("scoredBy", (row) => row.scoredBy),
  real("meanLogprob", (row) => row.meanLogprob),
  text("answer", (row) => row.answer),
  truth("correct", (row) => row.correct),
  truth("chosen", (row) => row.chosen),
  text("pruned", (row) => row.pruned),
];

/** The columns of the `calls` table. */
export const CALL_COLUMNS: readonly Column<CallRow>[] = [
  text("run", (row) => row.run),
  text("question", (row) => row.question),
  whole("ordinal", (row) => row.ordinal),
  text("site", (row) => row.site),
  whole("occurrence", (row) => row.occurrence),
  text("role", (row) => row.role),
  text("model", (row) => row.model),
  text("outcome", (row) => row.outcome),
  text("error", (row) => row.error),
  whole("samples", (row) => row.samples),
  whole("inputTokens", (row) => row.inputTokens),
  whole("outputTokens", (row) => row.outputTokens),
  whole("reasoningTokens", (row) => row.reasoningTokens),
  whole("estimatedOutputTokens", (row) => row.estimatedOutputTokens),
  real("costUsd", (row) => row.costUsd),
  real("wallMs", (row) => row.wallMs),
  time("finishedAt", (row) => row.finishedAt),
];

/** The statement that makes an empty table with these columns. */
export function createTableSql(table: string, columns: readonly Column<never>[]): string {
  return `CREATE TABLE ${table} (${columns.map(({ name, type }) => `"${name}" ${type}`).join(", ")})`;
}

function text<Row>(name: string, of: (row: Row) => string | null): Column<Row> {
  return { name, type: "VARCHAR", of };
}

function whole<Row>(name: string, of: (row: Row) => number | null): Column<Row> {
  return { name, type: "INTEGER", of };
}

function real<Row>(name: string, of: (row: Row) => number | null): Column<Row> {
  return { name, type: "DOUBLE", of };
}

function truth<Row>(name: string, of: (row: Row) => boolean | null): Column<Row> {
  return { name, type: "BOOLEAN", of };
}

function time<Row>(name: string, of: (row: Row) => number): Column<Row> {
  return { name, type: "TIMESTAMP_MS", of };
}
