import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { chooseProblems } from "../../evaluate/eval/choose-problems.ts";
import {
  type ExperimentRequest,
  experimentRequestSchema,
} from "../../evaluate/experiment/experiment-request.ts";
import { experimentResult } from "../../evaluate/experiment/experiment-result.ts";
import { experimentMarkdown, experimentTable } from "../../evaluate/experiment/experiment-table.ts";
import { runExperiment } from "../../evaluate/experiment/run-experiment.ts";
import { createRegistry } from "../../models/registry.ts";
import type { Problem } from "../../problems/problem.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { InputError } from "../../thought/errors.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { doRecorded } from "../recorded-work.ts";
import type { ResumableSession } from "../resumable.ts";
import { formatCost, formatCount, plural } from "../view/format.ts";
import { openProgressLine } from "../view/progress-line.ts";
import { table } from "../view/table.ts";

/** Goes on with an experiment; undefined where its request is none that this version can read. */
export function resumeExperiment(
  request: unknown,
  run: RunLog,
  session: ResumableSession,
): Promise<number> | undefined {
  const parsed = experimentRequestSchema.safeParse(request);
  return parsed.success ? goOn(parsed.data, run, session) : undefined;
}

async function goOn(request: ExperimentRequest, run: RunLog, session: ResumableSession): Promise<number> {
  const { problems, fingerprint } = await chooseProblems(request.problems, session);
  if (fingerprint !== request.fingerprint)
    throw new InputError(
      "the problems are no longer those that the run began with; put its file back or start a new run",
    );
  return runExperimentSession(request, problems, run, session);
}

/** Runs the cells of an experiment, with progress, prints its table and writes it into the run. Returns the exit code. */
export async function runExperimentSession(
  request: ExperimentRequest,
  problems: readonly Problem[],
  run: RunLog,
  session: ResumableSession,
): Promise<number> {
  const { output, config, json, quiet } = session;
  const folder = run.folder ?? "";
  const root = dirname(folder);
  const startedAt = Date.now();
  const progress = openProgressLine(output, { silent: json || quiet });
  const all = problems.length * request.samples * request.cells.length;
  let usage = foldUsage.start();
  let [done, before] = [0, 0];
  let runs = new Map<string, string>();
  const registry = createRegistry(config);
  const finished = await doRecorded(run, output, async (signal) => {
    runs = await runExperiment(problems, request, {
      ...{ registry, folder, root, signal },
      onEvent(event) {
        usage = foldUsage.apply(usage, event);
        if (event.type !== "answer-graded" || event.node !== undefined) return;
        done++;
        if (event.at < startedAt) before++;
        const written = usage.outputTokens + usage.estimatedOutputTokens;
        const facts = [`${formatCount(written)} tokens`, formatCost(usage.costUsd)];
        progress.show({ done, all, before, facts });
      },
    });
  }).finally(() => progress.close());
  if (!finished) return 130;
  const result = experimentResult(request, runs, root);
  writeFileSync(join(folder, "experiment.md"), `${experimentMarkdown(result)}\n`);
  writeFileSync(join(folder, "experiment.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  run.finish();
  if (json) {
    output.line(JSON.stringify({ run: run.id, ...result }));
    return 0;
  }
  const { header, rows } = experimentTable(result);
  output.line(`${result.title}: ${plural(result.problems, "problem")}, paired; 95% intervals; an answer`);
  for (const line of ["", ...table(header, rows)]) output.line(line);
  if (!quiet) output.note(`table: ${join(folder, "experiment.md")}`);
  return 0;
}
