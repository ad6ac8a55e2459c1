import { z } from "zod";
import { InputError } from "../thought/errors.ts";
import type { ScoredSolution } from "./process-scores.ts";

/** A file's records as text: JSON Lines, or one JSON array of objects. */
export interface RecordText {
  /** The file's name, for messages. */
  file: string;
  text: string;
}

/** Which columns hold what. */
export interface ScoreColumns {
  /** A number a step, higher for steps that are more likely right. */
  scores: string;
  /**
   * A label a step: 1, true or "+" for right, 0, -1, false or "-" for wrong. May end with the first wrong step. Not read
   * where `firstError` is given.
   */
  labels: string;
  /** The number of the first wrong step; -1, null or "N/A" where all are right. */
  firstError?: string | undefined;
  /** The number of a solution's first step in `firstError`. */
  countFrom: 0 | 1;
  /** A list of parts for each step, where a step was scored in parts: it is worth its worst one. */
  parts?: string | undefined;
  /** What joins scores with labels of another file. */
  id: string;
}

/** What was read, and what was wrong with the other records. */
export interface ScoredSolutions {
  solutions: ScoredSolution[];
  /** A line for each record that cannot be used: file, line and why. */
  faults: string[];
}

type Row = Record<string, unknown>;
interface PlacedRow {
  place: string;
  row: Row;
}

const rowSchema = z.record(z.string(), z.unknown());
const scoresSchema = z.array(z.number()).min(1);
const labelsSchema = z
  .array(z.union([z.literal([1, 0, -1]), z.boolean(), z.literal(["+", "-"])]).transform(isRight))
  .min(1);
const firstErrorSchema = z.union([z.number().int(), z.null(), z.literal("N/A")]);
const partsSchema = z.array(z.array(z.unknown()).min(1)).min(1);

function isRight(label: 1 | 0 | -1 | boolean | "+" | "-"): boolean {
  return label === 1 || label === true || label === "+";
}

/**
 * Reads solutions whose steps others scored, with what is known of their steps: from one file, or scores from one file and
 * all else from another, joined by id. No record is dropped in silence.
 *
 * @throws InputError where a file is no JSON Lines and no JSON array, or where nothing can be used
 */
export function readScoredSolutions(
  columns: ScoreColumns,
  replay: RecordText,
  labelled?: RecordText,
): ScoredSolutions {
  const faults: string[] = [];
  const rows = readRows(replay, faults);
  const known = labelled && byId(readRows(labelled, faults), columns.id, faults);
  const solutions = rows.flatMap(({ place, row }) => {
    try {
      return [readSolution(row, known === undefined ? row : findLabels(known, row, columns.id), columns)];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(`${place}: ${error.message}`);
      return [];
    }
  });
  if (solutions.length === 0)
    throw new InputError(
      `${faults[0] ?? `${replay.file} is empty`}; no solution can be judged: name its columns`,
    );
  return { solutions, faults };
}

/** Why a record cannot be used. */
class Fault extends Error {}

function readSolution(scored: Row, labelled: Row, columns: ScoreColumns): ScoredSolution {
  const raw = read(scored, columns.scores, scoresSchema, "numbers, one a step");
  const scores = columns.parts === undefined ? raw : worstOfParts(raw, labelled, columns.parts);
  const firstError =
    columns.firstError === undefined
      ? fromLabels(labelled, columns.labels, scores.length)
      : fromNumber(labelled, columns.firstError, columns.countFrom);
  if (firstError !== undefined && scores[firstError] === undefined)
    throw new Fault(`${scores.length} steps were scored, the first wrong one is number ${firstError + 1}`);
  return { scores, firstError };
}

function worstOfParts(scores: readonly number[], row: Row, column: string): number[] {
  const parts = read(row, column, partsSchema, "lists of parts, one a step");
  const all = parts.reduce((sum, part) => sum + part.length, 0);
  if (all !== scores.length) throw new Fault(`"${column}" has ${all} parts, ${scores.length} were scored`);
  let from = 0;
  return parts.map((part) => {
    const own = scores.slice(from, from + part.length);
    from += part.length;
    return own.reduce((one, other) => Math.min(one, other));
  });
}

function fromLabels(row: Row, column: string, steps: number): number | undefined {
  const labels = read(row, column, labelsSchema, "labels, one a step: 1 or 0, true or false, + or -");
  const wrong = labels.indexOf(false);
  const ended = wrong === labels.length - 1 && labels.length < steps;
  if (labels.length !== steps && !ended)
    throw new Fault(`"${column}" has ${labels.length} labels, ${steps} steps were scored`);
  return wrong === -1 ? undefined : wrong;
}

function fromNumber(row: Row, column: string, countFrom: 0 | 1): number | undefined {
  const number = read(row, column, firstErrorSchema, 'a step\'s number, or -1, null or "N/A"');
  if (number === null || number === "N/A" || number === -1) return undefined;
  if (number < countFrom) throw new Fault(`"${column}" is ${number}, steps count from ${countFrom}`);
  return number - countFrom;
}

function read<Value>(row: Row, column: string, schema: z.ZodType<Value>, wanted: string): Value {
  if (!Object.hasOwn(row, column)) throw new Fault(`no column "${column}"`);
  const parsed = schema.safeParse(row[column]);
  if (!parsed.success) throw new Fault(`"${column}" should be ${wanted}`);
  return parsed.data;
}

function byId(rows: readonly PlacedRow[], column: string, faults: string[]): Map<string, Row> {
  const known = new Map<string, Row>();
  for (const { place, row } of rows) {
    if (!Object.hasOwn(row, column)) faults.push(`${place}: no column "${column}"`);
    else if (known.has(idOf(row, column))) faults.push(`${place}: ${column} ${idOf(row, column)} again`);
    else known.set(idOf(row, column), row);
  }
  return known;
}

function findLabels(known: ReadonlyMap<string, Row>, row: Row, column: string): Row {
  if (!Object.hasOwn(row, column)) throw new Fault(`no column "${column}"`);
  const found = known.get(idOf(row, column));
  if (found === undefined) throw new Fault(`no labels for ${column} ${idOf(row, column)}`);
  return found;
}

/** Ids are compared as text, so that 7 and "7" are one. */
function idOf(row: Row, column: string): string {
  const id = row[column];
  return typeof id === "string" ? id : JSON.stringify(id);
}

function readRows({ file, text }: RecordText, faults: string[]): PlacedRow[] {
  const bare = text.replace(/^\uFEFF/, "");
  const whole = bare.trimStart().startsWith("[") ? readArray(file, bare) : undefined;
  const placed =
    whole?.map((value, index) => ({ place: `${file} record ${index + 1}`, value })) ??
    bare.split("\n").flatMap((line, index) => {
      const place = `${file}:${index + 1}`;
      return line.trim() === "" ? [] : [{ place, value: parseLine(line) }];
    });
  return placed.flatMap(({ place, value }) => {
    const parsed = rowSchema.safeParse(value);
    if (parsed.success) return [{ place, row: parsed.data }];
    faults.push(`${place}: not a JSON object`);
    return [];
  });
}

function readArray(file: string, text: string): unknown[] {
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${file} begins like a JSON array but is none: give JSON Lines or one array`, error);
  }
}

/** Undefined for what is no JSON, which is no object either. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
