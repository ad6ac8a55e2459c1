import { fingerprintOf } from "../../models/seeds.ts";
import { type OwnColumns, ownBenchmark } from "../../problems/benchmarks/own.ts";
import { readBenchmark } from "../../problems/benchmarks/read-benchmark.ts";
import type { BadRecord } from "../../problems/benchmarks/record.ts";
import { findBenchmark } from "../../problems/benchmarks/registry.ts";
import { isDataSetName } from "../../problems/benchmarks/sources/data-set-name.ts";
import type { FetchOptions } from "../../problems/benchmarks/sources/hugging-face.ts";
import { gymProblem } from "../../problems/gym/gym.ts";
import { findFamily } from "../../problems/gym/registry.ts";
import type { Problem } from "../../problems/problem.ts";
import { InputError } from "../../thought/errors.ts";
import type { ProblemChoice } from "./evaluation-request.ts";

/** The problems that a choice means. */
export interface ChosenProblems {
  problems: Problem[];
  /** Records of a file that are no problems; a report says how many. */
  bad: BadRecord[];
  /** The commit of a fetched data set. */
  revision?: string | undefined;
  /** Hash over ids, texts and golds: the same for the same problems. */
  fingerprint: string;
}

/**
 * Reads or draws the problems of a choice. The same choice gives the same problems, as long as its file is the same:
 * `fingerprint` tells.
 *
 * @throws InputError for a benchmark, family or file that does not exist, for a benchmark whose answers no grader can
 * grade, and where no problem is left
 */
export async function chooseProblems(
  choice: ProblemChoice,
  options: FetchOptions = {},
): Promise<ChosenProblems> {
  const {
    problems,
    bad = [],
    revision,
  } = await (choice.kind === "gym" ? draw(choice) : read(choice, options));
  if (problems.length === 0) throw new InputError(nothingLeft(choice, bad));
  const fingerprint = fingerprintOf(problems.map(({ question, gold }) => [question.id, question.text, gold]));
  return { problems, bad, revision, fingerprint };
}

type Found = Pick<ChosenProblems, "problems" | "revision"> & { bad?: BadRecord[] };

function draw(choice: Extract<ProblemChoice, { kind: "gym" }>): Found {
  const { split, phrasing, seed, skip, limit } = choice;
  const families = choice.families.map(findFamily);
  const problems = Array.from({ length: limit }, (_, place) => {
    const at = skip + place;
    const { name } = families[at % families.length] ?? findFamily("");
    return gymProblem({ family: name, split, phrasing, seed, index: Math.floor(at / families.length) });
  });
  return { problems };
}

async function read(
  choice: Extract<ProblemChoice, { kind: "benchmark" }>,
  options: FetchOptions,
): Promise<Found> {
  const { columns, skip, limit, revision } = choice;
  const found = findBenchmark(choice.benchmark);
  const benchmark = columns === undefined ? found : ownBenchmark(columns satisfies OwnColumns);
  if (found.measures !== "answers") {
    const other = {
      steps: "measure a judge of steps with sojourn judge",
      refusals: "count refusals with sojourn suite refusals",
      facts: "have them graded by a judge with sojourn suite facts",
    }[found.measures];
    throw new InputError(`${found.name} measures ${found.measures} and has no answers to grade; ${other}`);
  }
  const data = revision === undefined ? choice.data : pinned(choice.data, revision);
  const reading = await readBenchmark(benchmark, data, {
    ...options,
    limit: limit === undefined ? undefined : skip + limit,
  });
  return { ...reading, problems: reading.problems.slice(skip) };
}

/** A data set's name with the commit that it had; the name of a file stays as it is. */
export function pinned(data: string, revision: string): string {
  if (!isDataSetName(data)) return data;
  const [owner = "", name = "", ...parts] = data.split("/");
  return [owner, `${name.split("@")[0]}@${revision}`, ...parts].join("/");
}

function nothingLeft(choice: ProblemChoice, bad: readonly BadRecord[]): string {
  const { skip } = choice;
  const name = choice.kind === "gym" ? "the gym" : `${choice.benchmark} in ${choice.data}`;
  const [first] = bad;
  if (first !== undefined) return `no problem of ${name}: ${first.file}:${first.line} ${first.wrong}`;
  return `no problem of ${name}${skip === 0 ? "" : ` behind the first ${skip}`}; name another file or a smaller --skip`;
}
