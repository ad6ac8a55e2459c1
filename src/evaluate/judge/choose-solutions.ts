import { fingerprintOf } from "../../models/seeds.ts";
import { readBenchmark } from "../../problems/benchmarks/read-benchmark.ts";
import type { BadRecord } from "../../problems/benchmarks/record.ts";
import { findBenchmark, listBenchmarks } from "../../problems/benchmarks/registry.ts";
import type { FetchOptions } from "../../problems/benchmarks/sources/hugging-face.ts";
import { judgedProblem } from "../../problems/gym/judged-problem.ts";
import type { Problem } from "../../problems/problem.ts";
import { InputError } from "../../thought/errors.ts";
import { pinned } from "../eval/choose-problems.ts";
import type { ProblemChoice } from "../eval/evaluation-request.ts";
import { type LabelledSolution, labelledSolutions } from "./recorded-steps.ts";

/** The solutions that a choice means. */
export interface ChosenSolutions {
  solutions: LabelledSolution[];
  /** Problems without a labelled solution. */
  unlabelled: number;
  /** Records of a file that are no problems. */
  bad: BadRecord[];
  /** The commit of a fetched data set. */
  revision?: string | undefined;
  /** Hash over ids, steps and labels: the same for the same solutions. */
  fingerprint: string;
}

/**
 * Reads or draws the recorded solutions of a choice. The same choice gives the same solutions, as long as its file is the
 * same: `fingerprint` tells.
 *
 * @throws InputError for a benchmark, family or file that does not exist, and where no solution has labelled steps
 */
export async function chooseSolutions(
  choice: ProblemChoice,
  options: FetchOptions = {},
): Promise<ChosenSolutions> {
  const { problems, bad, revision } = await (choice.kind === "gym" ? draw(choice) : read(choice, options));
  const { solutions, unlabelled } = labelledSolutions(problems);
  if (solutions.length === 0) throw new InputError(nothingToJudge(choice, bad));
  const fingerprint = fingerprintOf(
    solutions.map(({ problem, steps, firstError }) => [
      problem.question.id,
      problem.question.text,
      steps,
      firstError,
    ]),
  );
  return { solutions, unlabelled, bad, revision, fingerprint };
}

interface Found {
  problems: Problem[];
  bad: BadRecord[];
  revision?: string | undefined;
}

async function draw(choice: Extract<ProblemChoice, { kind: "gym" }>): Promise<Found> {
  const { families, split, phrasing, seed, skip, limit } = choice;
  const problems = Array.from({ length: limit }, (_, place) => {
    const at = skip + place;
    const family = families[at % families.length] ?? "";
    return judgedProblem({ family, split, phrasing, seed, index: Math.floor(at / families.length) });
  });
  return { problems, bad: [] };
}

async function read(
  { benchmark, data, revision, skip, limit }: Extract<ProblemChoice, { kind: "benchmark" }>,
  options: FetchOptions,
): Promise<Found> {
  const reading = await readBenchmark(
    findBenchmark(benchmark),
    revision === undefined ? data : pinned(data, revision),
    {
      ...options,
      limit: limit === undefined ? undefined : skip + limit,
    },
  );
  return { ...reading, problems: reading.problems.slice(skip) };
}

function nothingToJudge(choice: ProblemChoice, bad: readonly BadRecord[]): string {
  const [first] = bad;
  if (first !== undefined)
    return `no solution can be judged: ${first.file}:${first.line} ${first.wrong}; name another --data`;
  const names = listBenchmarks().flatMap(({ measures, name }) => (measures === "steps" ? name : []));
  const name = choice.kind === "gym" ? "the gym" : choice.benchmark;
  return `${name} has no recorded solution with labelled steps here; name one of gym, ${names.join(", ")}`;
}
