import { join } from "node:path";
import { scanLog } from "../../runs/log.ts";
import { readManifest } from "../../runs/manifest.ts";
import { LOG_FILE } from "../../runs/run-folder.ts";
import { InputError } from "../../thought/errors.ts";
import {
  type EvaluationFold,
  type EvaluationRecord,
  foldEvaluation,
  recordsOf,
} from "../eval/fold-evaluation.ts";
import { type SuiteRequest, suiteRequestSchema } from "./suite-request.ts";

/** A suite as its run's folder holds it, finished or not. */
export interface SuiteRun {
  run: string;
  request: SuiteRequest;
  /** One for each question that has come to its end; a verdict is the tag `verdict`. */
  records: EvaluationRecord[];
}

/**
 * Reads a suite from its run's manifest and log alone.
 *
 * @param folder the run's folder
 * @throws InputError where there is no run, or one of another command
 */
export function readSuite(folder: string): SuiteRun {
  const { id, command, request, sessions, models } = readManifest(folder);
  const parsed = suiteRequestSchema.safeParse(request);
  if (command !== "suite" || !parsed.success)
    throw new InputError(`run ${id} is no suite that this version can read; see sojourn runs`);
  const fold = foldEvaluation(sessions, models.policy ?? "");
  let state: EvaluationFold = fold.start();
  scanLog(join(folder, LOG_FILE), (event) => {
    state = fold.apply(state, event);
  });
  return { run: id, request: parsed.data, records: recordsOf(state) };
}
