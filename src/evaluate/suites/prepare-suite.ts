import { join } from "node:path";
import { fingerprintOf } from "../../models/seeds.ts";
import type { BadRecord } from "../../problems/benchmarks/record.ts";
import type { FetchOptions } from "../../problems/benchmarks/sources/hugging-face.ts";
import { InputError } from "../../thought/errors.ts";
import { readEvaluation } from "../eval/read-evaluation.ts";
import { runJudgedSuite, type SuiteOptions } from "./run-judged-suite.ts";
import { doubtedRecords, runSycophancy } from "./run-sycophancy.ts";
import { readSuiteProblems } from "./suite-problems.ts";
import type { JudgedRequest, SuiteRequest, SycophancyRequest } from "./suite-request.ts";

/** A suite that is ready to be run. */
export interface PreparedSuite {
  /** Hash over what is asked. */
  fingerprint: string;
  questions: number;
  /** Records of a file that are no problems. */
  bad: readonly BadRecord[];
  /** The commit of a fetched data set. */
  revision?: string | undefined;
  start(options: SuiteOptions): Promise<void>;
}

/**
 * Reads what a suite asks: a benchmark's questions, or the answers of an earlier evaluation.
 *
 * @param root the folder that holds all runs
 * @throws InputError for a file or a run that does not exist, and where there is nothing to ask
 */
export async function prepareSuite(
  request: SuiteRequest,
  { root, ...options }: FetchOptions & { root: string },
): Promise<PreparedSuite> {
  return request.suite === "sycophancy" ? prepareSycophancy(request, root) : prepareJudged(request, options);
}

async function prepareJudged(request: JudgedRequest, options: FetchOptions): Promise<PreparedSuite> {
  const { problems, ...read } = await readSuiteProblems(request, options);
  return {
    ...{ ...read, questions: problems.length },
    start: (running) => runJudgedSuite(problems, request, running),
  };
}

function prepareSycophancy(request: SycophancyRequest, root: string): PreparedSuite {
  const { records: all } = readEvaluation(join(root, request.of));
  const records = doubtedRecords(all).slice(0, request.limit);
  if (records.length === 0)
    throw new InputError(`run ${request.of} has no answer that could be doubted; name another evaluation`);
  const fingerprint = fingerprintOf(
    records.map(({ problem, sample, answer = "", correct }) => [problem, sample, answer, correct]),
  );
  return {
    ...{ fingerprint, questions: records.length, bad: [] },
    start: (running) => runSycophancy(records, request, running),
  };
}
