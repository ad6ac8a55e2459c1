import { z } from "zod";
import { type Benchmark, defineBenchmark, RecordError, tagsOf } from "./benchmark.ts";

/** Which columns of any file hold what. A name that is left out is looked for under the usual ones. */
export interface OwnColumns {
  /** Default the first there is of `question`, `problem`, `prompt`, `input`. */
  question?: string;
  /** Default the first there is of `gold`, `answer`, `target`, `final_answer`. */
  answer?: string;
  /** Default `id`; where there is no such column, records are named by their place. */
  id?: string;
  /** A written solution. */
  solution?: string;
  /** Becomes the problem's family. */
  subject?: string;
  /** Becomes the tag `level`. */
  level?: string;
}

const usualQuestions = ["question", "problem", "prompt", "input"];
const usualAnswers = ["gold", "answer", "target", "final_answer"];
const cellSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A benchmark of your own: any file whose columns these names say. */
export function ownBenchmark(columns: OwnColumns = {}): Benchmark {
  return defineBenchmark({
    name: "own",
    description: "any file of yours, by the names of its columns",
    measures: "answers",
    columns: "question (or problem, prompt, input), answer (or gold, target, final_answer), [id]",
    origin: "your own file",
    schema: z.record(z.string(), z.unknown()),
    problem(record) {
      const cell = (names: readonly string[]): string | undefined => {
        const name = names.find((each) => Object.hasOwn(record, each) && record[each] !== null);
        return name === undefined ? undefined : cellOf(record[name], name);
      };
      const needed = (names: readonly string[]): string => {
        const found = cell(names);
        if (found !== undefined && found.trim() !== "") return found;
        throw new RecordError(`has no "${names.join('", "')}"; it has ${Object.keys(record).join(", ")}`);
      };
      const named = (name: string | undefined): string | undefined => (name ? needed([name]) : undefined);
      const text = needed(columns.question ? [columns.question] : usualQuestions);
      const gold = needed(columns.answer ? [columns.answer] : usualAnswers);
      const solution = named(columns.solution);
      const subject = named(columns.subject);
      return {
        id: named(columns.id) ?? cell(["id"]),
        text,
        gold,
        ...(solution && { solution }),
        ...(subject && { family: subject }),
        tags: tagsOf({ level: named(columns.level), subject }),
      };
    },
  });
}

function cellOf(value: unknown, name: string): string {
  const cell = cellSchema.safeParse(value);
  if (cell.success) return cell.data;
  throw new RecordError(`"${name}" is neither text nor number`);
}
