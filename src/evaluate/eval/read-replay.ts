import { z } from "zod";
import { readRecords } from "../../problems/benchmarks/formats/read-records.ts";
import type { Problem } from "../../problems/problem.ts";
import { InputError } from "../../thought/errors.ts";
import type { ReplayColumns } from "./evaluation-request.ts";

/** One text that somebody recorded as a reply to a problem. */
export interface RecordedReply {
  text: string;
  /** Absent where nobody wrote them down. */
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

const textSchema = z.union([z.string(), z.number()]).transform(String);
const textsSchema = z.union([textSchema.transform((text) => [text]), z.array(textSchema)]);
const tokensSchema = z.int().nonnegative();

/**
 * Reads recorded replies and finds the problem of each: by its id where `columns.id` names one, else by place, record
 * after record. Several replies to a problem, in a list or in records of one id, are its samples.
 *
 * @returns the replies to each problem, in the order of the problems
 * @throws InputError for a record that cannot be read, and where a record has no problem or a problem no record
 */
export async function readReplay(
  file: string,
  columns: ReplayColumns,
  problems: readonly Problem[],
): Promise<RecordedReply[][]> {
  const replies: RecordedReply[][] = problems.map(() => []);
  const places = columns.id === undefined ? undefined : placesOf(problems);
  let next = 0;
  for await (const record of readRecords(file)) {
    const at = `${file}:${record.line}`;
    if ("wrong" in record) throw new InputError(`${at}: ${record.wrong}; mend the line or leave it out`);
    const id = columns.id === undefined ? undefined : textIn(record.value, columns.id, at);
    const place = id === undefined ? next++ : places?.get(id);
    // More records than problems are fine where ids say which is which: --limit takes a part of both.
    if (place === undefined) continue;
    replies[place]?.push(...repliesIn(record.value, columns, at));
  }
  if (places === undefined && next !== problems.length) throw new InputError(unevenly(file, next, problems));
  const missing = problems.filter((_, place) => replies[place]?.length === 0);
  const [first] = missing;
  if (first !== undefined) {
    throw new InputError(
      `${missing.length} problems have no recorded answer in ${file}, such as ${first.question.id}; name the column with their ids: --replay-columns answer=${columns.answer},id=NAME`,
    );
  }
  return replies;
}

function unevenly(file: string, records: number, problems: readonly Problem[]): string {
  return `${file} has ${records} records for ${problems.length} problems; choose the problems with --skip and --limit, or name the column with their ids: --replay-columns id=NAME`;
}

/** Problems by id, also without their benchmark's name. */
function placesOf(problems: readonly Problem[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, { question, source }] of problems.entries()) {
    places.set(question.id, place);
    if (question.id.startsWith(`${source}/`)) places.set(question.id.slice(source.length + 1), place);
  }
  return places;
}

function repliesIn(record: unknown, columns: ReplayColumns, at: string): RecordedReply[] {
  const texts = textsSchema.safeParse(cellOf(record, columns.answer));
  if (!texts.success) throw new InputError(noColumn(record, columns.answer, "text", at));
  const tokens = (column: string | undefined, place: number): number | undefined => {
    if (column === undefined) return undefined;
    const cell = cellOf(record, column);
    const count = tokensSchema.safeParse(
      Array.isArray(cell) ? cell[place] : texts.data.length === 1 ? cell : undefined,
    );
    if (count.success) return count.data;
    throw new InputError(noColumn(record, column, "count of tokens for each answer", at));
  };
  return texts.data.map((text, place) => ({
    text,
    inputTokens: tokens(columns.inputTokens, place),
    outputTokens: tokens(columns.outputTokens, place),
  }));
}

function textIn(record: unknown, column: string, at: string): string {
  const text = textSchema.safeParse(cellOf(record, column));
  if (text.success) return text.data;
  throw new InputError(noColumn(record, column, "text or number", at));
}

const recordSchema = z.record(z.string(), z.unknown());

/** What stands in a column; a dot goes into it: `reply.text`, `steps.0`. */
function cellOf(record: unknown, column: string): unknown {
  const fields = recordSchema.safeParse(record);
  if (fields.success && Object.hasOwn(fields.data, column)) return fields.data[column];
  let cell: unknown = record;
  for (const part of column.split(".")) {
    if (Array.isArray(cell)) cell = cell[Number(part)];
    else {
      const inner = recordSchema.safeParse(cell);
      cell = inner.success && Object.hasOwn(inner.data, part) ? inner.data[part] : undefined;
    }
  }
  return cell;
}

function noColumn(record: unknown, column: string, wanted: string, at: string): string {
  const fields = recordSchema.safeParse(record);
  const names = fields.success ? Object.keys(fields.data).slice(0, 12).join(", ") : "no columns";
  return `${at}: no ${wanted} in "${column}"; it has ${names}: name the right one with --replay-columns`;
}
