import { fingerprintOf } from "../../models/seeds.ts";
import { readBenchmark } from "../../problems/benchmarks/read-benchmark.ts";
import type { BadRecord } from "../../problems/benchmarks/record.ts";
import { simpleqa } from "../../problems/benchmarks/simpleqa.ts";
import type { FetchOptions } from "../../problems/benchmarks/sources/hugging-face.ts";
import { xstest } from "../../problems/benchmarks/xstest.ts";
import type { Problem } from "../../problems/problem.ts";
import { InputError } from "../../thought/errors.ts";
import { pinned } from "../eval/choose-problems.ts";
import type { JudgedRequest } from "./suite-request.ts";

/** The benchmark that each suite reads. */
const suiteBenchmarks = { refusals: xstest, facts: simpleqa } as const;

/** What a suite asks. */
export interface SuiteProblems {
  problems: Problem[];
  bad: BadRecord[];
  revision?: string | undefined;
  fingerprint: string;
}

/** Reads the problems of a suite. Throws an InputError for a file that does not exist or holds none. */
export async function readSuiteProblems(
  { suite, data, revision: known, limit }: Pick<JudgedRequest, "suite" | "data" | "revision" | "limit">,
  options: FetchOptions = {},
): Promise<SuiteProblems> {
  const benchmark = suiteBenchmarks[suite];
  const { problems, bad, revision } = await readBenchmark(
    benchmark,
    known === undefined ? data : pinned(data, known),
    {
      ...options,
      limit,
    },
  );
  const [first] = bad;
  if (problems.length === 0)
    throw new InputError(
      first === undefined
        ? `${data} holds no problem; ${benchmark.name} comes from ${benchmark.origin}`
        : `${data} holds no problem of ${benchmark.name}: ${first.file}:${first.line} ${first.wrong}`,
    );
  const fingerprint = fingerprintOf(problems.map(({ question, gold }) => [question.id, question.text, gold]));
  return { problems, bad, revision, fingerprint };
}
