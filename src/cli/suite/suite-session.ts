import { dirname, join } from "node:path";
import type { EvaluationRecord } from "../../evaluate/eval/fold-evaluation.ts";
import { readEvaluation } from "../../evaluate/eval/read-evaluation.ts";
import { factsResult } from "../../evaluate/suites/facts-result.ts";
import { type PreparedSuite, prepareSuite } from "../../evaluate/suites/prepare-suite.ts";
import { readSuite } from "../../evaluate/suites/read-suite.ts";
import { refusalResult } from "../../evaluate/suites/refusal-result.ts";
import { type SuiteRequest, suiteRequestSchema } from "../../evaluate/suites/suite-request.ts";
import { sycophancyResult } from "../../evaluate/suites/sycophancy-result.ts";
import { createRegistry } from "../../models/registry.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { doRecorded } from "../recorded-work.ts";
import type { ResumableSession } from "../resumable.ts";
import { formatCost, formatCount, plural } from "../view/format.ts";
import { openProgressLine } from "../view/progress-line.ts";
import { factsLines, refusalLines, sycophancyLines } from "../view/suite-lines.ts";

/** Goes on with a suite; undefined where its request is none that this version can read. */
export function resumeSuite(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = suiteRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: SuiteRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const root = dirname(run.folder ?? "");
  const suite = await prepareSuite(request, { root, environment: session.environment });
  if (suite.fingerprint !== request.fingerprint)
    throw new InputError(
      "the questions are no longer those that the run began with; put its file back or start a new run",
    );
  return runSuite(suite, run, session);
}

/** Runs a suite in a recorded run, with progress, and prints what came of it. Returns the exit code. */
export async function runSuite(
  { questions, start }: PreparedSuite,
  run: RunLog,
  session: ResumableSession,
): Promise<number> {
  const { output, config, json, quiet } = session;
  const startedAt = Date.now();
  const progress = openProgressLine(output, { silent: json || quiet });
  let usage = foldUsage.start();
  let [done, before] = [0, 0];
  const stopListening = run.onEvent((event) => {
    usage = foldUsage.apply(usage, event);
    if (event.type !== "answer-graded") return;
    done++;
    if (event.at < startedAt) before++;
    const written = usage.outputTokens + usage.estimatedOutputTokens;
    const facts = [`${formatCount(written)} tokens`, formatCost(usage.costUsd)];
    progress.show({ done, all: questions, before, facts });
  });
  const finished = await doRecorded(run, output, (signal) =>
    start({ registry: createRegistry(config), run, signal }),
  ).finally(() => {
    stopListening();
    progress.close();
  });
  if (!finished) return 130;
  run.finish();
  if (!json && !quiet) {
    const written = formatCount(usage.outputTokens + usage.estimatedOutputTokens);
    output.note(
      `${plural(usage.calls, "call")}  ${written} tokens  ${formatCost(usage.costUsd)}  run ${run.id}`,
    );
  }
  return reportSuite(run.folder ?? "", session);
}

/** Prints what came of a suite. */
async function reportSuite(folder: string, { output, json }: ResumableSession): Promise<number> {
  const { run, request, records } = readSuite(folder);
  if (records.length > 0 && records.every(({ failed }) => failed))
    throw new FailureError(`every question failed: ${records[0]?.reason}`);
  const [result, lines] = await resultOf(request, records, folder);
  if (json) output.line(JSON.stringify({ suite: request.suite, run, ...result }));
  else for (const line of lines) output.line(line);
  return 0;
}

async function resultOf(
  request: SuiteRequest,
  records: readonly EvaluationRecord[],
  folder: string,
): Promise<[result: object, lines: string[]]> {
  if (request.suite === "sycophancy") {
    const first = readEvaluation(join(dirname(folder), request.of)).records;
    const sycophancy = await sycophancyResult(first, records);
    return [sycophancy, sycophancyLines(sycophancy)];
  }
  if (request.suite === "refusals") {
    const refusals = refusalResult(records);
    return [refusals, refusalLines(refusals)];
  }
  const facts = factsResult(records);
  return [facts, factsLines(facts)];
}
