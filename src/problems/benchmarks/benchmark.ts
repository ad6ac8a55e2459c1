import { z } from "zod";
import type { Problem } from "../problem.ts";
import { oneLine } from "./record.ts";

/** What a benchmark measures: final answers, judgements of steps, refusals, or short facts. */
export type Measure = "answers" | "steps" | "refusals" | "facts";

/** A known set of problems: how one record of its files becomes a problem. */
export interface Benchmark {
  /** As asked for on the command line: `gsm8k`. */
  name: string;
  /** In one line. */
  description: string;
  measures: Measure;
  /** The columns that are read, those that may lack in brackets. */
  columns: string;
  /** Where its files come from, in words. */
  origin: string;
  /**
   * The problem of one record, or why it is none. Never throws.
   *
   * @param index the record's place among all records of the reading, from 0; it names records that have no id
   */
  read(record: unknown, index: number): ReadProblem;
}

/** A problem, or why a record is none, in one line. */
export type ReadProblem = { problem: Problem } | { wrong: string };

/** A problem as a benchmark's own file describes it; the rest is the same for all benchmarks. */
export interface ProblemParts extends Partial<Omit<Problem, "question" | "source" | "gold">> {
  /** Unique within the benchmark; default the record's place. */
  id?: string | undefined;
  text: string;
  gold: string;
}

/** Why a record that fits its schema is still no problem. */
export class RecordError extends Error {}

/** What {@link defineBenchmark} needs. */
export interface BenchmarkDefinition<Schema extends z.ZodType> extends Omit<Benchmark, "read"> {
  schema: Schema;
  /** Throws a RecordError for a record that is no problem. */
  problem(record: z.infer<Schema>): ProblemParts;
}

/**
 * A benchmark from its schema. Where nothing else is said, a problem's family is the benchmark's name and its
 * difficulty, which nobody knows, .5.
 */
export function defineBenchmark<Schema extends z.ZodType>(
  definition: BenchmarkDefinition<Schema>,
): Benchmark {
  const { schema, problem, ...facts } = definition;
  return {
    ...facts,
    read(record, index) {
      const parsed = schema.safeParse(record);
      if (!parsed.success) return { wrong: describeFault(parsed.error, record) };
      try {
        const { id, text, gold, ...parts } = problem(parsed.data);
        if (text.trim() === "") return { wrong: "its question is empty" };
        const question = { id: `${facts.name}/${id ?? index}`, text };
        const rest = { family: facts.name, difficulty: 0.5, ...parts };
        return { problem: { question, gold, ...rest, source: facts.name } };
      } catch (error) {
        if (error instanceof RecordError) return { wrong: oneLine(error.message) };
        throw error;
      }
    },
  };
}

function describeFault(error: z.ZodError, record: unknown): string {
  const [first] = error.issues;
  if (typeof record !== "object" || record === null || Array.isArray(record)) return "is not an object";
  const [column] = first?.path ?? [];
  if (column !== undefined && !(String(column) in record)) {
    const names = Object.keys(record).slice(0, 12).join(", ");
    return oneLine(`has no "${String(column)}"; it has ${names === "" ? "nothing" : names}`);
  }
  const place = first?.path.map(String).join(".");
  return oneLine(place ? `"${place}": ${first?.message}` : (first?.message ?? "does not fit"));
}

/** A text or number, as a text: columns that some copies of a benchmark write one way and some the other. */
export const textOrNumber = z.union([z.string(), z.number()]).transform(String);

/** The entries whose value is a text that is not empty: tags without those that a record lacks. */
export function tagsOf(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value) tags[name] = value;
  return tags;
}
