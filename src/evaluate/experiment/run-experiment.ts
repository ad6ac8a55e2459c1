import { join } from "node:path";
import { z } from "zod";
import type { ModelRegistry } from "../../models/registry.ts";
import type { Problem } from "../../problems/problem.ts";
import { readManifest } from "../../runs/manifest.ts";
import { createRun, resumeRun } from "../../runs/open-run.ts";
import type { EventListener, RunLog } from "../../runs/run-log.ts";
import type { EvaluationRequest } from "../eval/evaluation-request.ts";
import { runEvaluation } from "../eval/run-evaluation.ts";
import { readCellRuns, rememberCellRun } from "./cell-runs.ts";
import type { Cell } from "./cells.ts";
import type { ExperimentRequest } from "./experiment-request.ts";

/** What an experiment is run with. */
export interface ExperimentOptions {
  registry: ModelRegistry;
  /** The experiment's own folder, which remembers the runs of its cells. */
  folder: string;
  /** The folder that holds all runs. */
  root: string;
  signal: AbortSignal;
  /** Told of every event of every cell's run. */
  onEvent?: EventListener | undefined;
}

/**
 * Evaluates every cell of an experiment over the same problems, each in a run of its own that may be looked at, compared,
 * reported (`sojourn eval --report RUN`) and resumed like any other. Cells of one model run one after the other, models
 * side by side. Begun again over the same folder, finished cells are left alone and an unfinished one goes on where it was.
 *
 * @returns the run of each cell, by its name
 * @throws what an evaluation throws; the others are stopped then
 */
export async function runExperiment(
  problems: readonly Problem[],
  request: ExperimentRequest,
  { signal, ...options }: ExperimentOptions,
): Promise<Map<string, string>> {
  const runs = readCellRuns(options.folder);
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const lanes = new Map<string, Cell[]>();
  for (const cell of request.cells) {
    const lane = lanes.get(cell.model);
    if (lane === undefined) lanes.set(cell.model, [cell]);
    else lane.push(cell);
  }
  const outcomes = await Promise.allSettled(
    [...lanes.values()].map(async (cells) => {
      try {
        for (const cell of cells) {
          stop.throwIfAborted();
          const run = await runCell(cell, {
            problems,
            request,
            run: runs.get(cell.name),
            ...options,
            signal: stop,
          });
          runs.set(cell.name, run);
        }
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  signal.throwIfAborted();
  for (const outcome of outcomes) if (outcome.status === "rejected") throw failed.signal.reason;
  return runs;
}

interface CellWork extends ExperimentOptions {
  problems: readonly Problem[];
  request: ExperimentRequest;
  /** The cell's run, where it was begun before. */
  run: string | undefined;
}

/** Evaluates one cell and returns its run's id. */
async function runCell(cell: Cell, work: CellWork): Promise<string> {
  const { problems, request, registry, signal, onEvent } = work;
  const { samples, atOnce } = request;
  if (work.run !== undefined && readManifest(join(work.root, work.run)).state === "finished") return work.run;
  const run = openCell(cell, work);
  const stopListening = onEvent === undefined ? undefined : run.onEvent(onEvent);
  try {
    await runEvaluation(problems, { registry, run, think: cell.think, samples, atOnce, signal });
  } catch (error) {
    run.close(signal.aborted ? "interrupted" : "failed");
    throw error;
  } finally {
    stopListening?.();
  }
  run.finish();
  return run.id;
}

function openCell(cell: Cell, { request, root, folder, run }: CellWork): RunLog {
  if (run !== undefined) return resumeRun(run, { root }).log;
  const { problems, fingerprint, samples, atOnce } = request;
  const { think } = cell;
  const asked: EvaluationRequest = {
    problems,
    fingerprint,
    samples,
    answers: { by: "model", think, atOnce },
  };
  const log = createRun(
    {
      command: "eval",
      request: z.json().parse(JSON.parse(JSON.stringify(asked))),
      models: { policy: think.model, ...think.roles },
      seed: think.settings.seed ?? think.configured.seed ?? 0,
    },
    { root },
  );
  rememberCellRun(folder, cell.name, log.id);
  return log;
}
