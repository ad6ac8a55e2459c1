import { join } from "node:path";
import { scanLog } from "../../runs/log.ts";
import { type RunState, readManifest } from "../../runs/manifest.ts";
import { LOG_FILE } from "../../runs/run-folder.ts";
import { FailureError, InputError } from "../../thought/errors.ts";
import { type EvaluationRequest, evaluationRequestSchema, modelOf } from "./evaluation-request.ts";
import { type EvaluationFold, type EvaluationRecord, foldEvaluation, recordsOf } from "./fold-evaluation.ts";

/** An evaluation as its run's folder holds it, finished or not. */
export interface Evaluation {
  run: string;
  folder: string;
  state: RunState;
  request: EvaluationRequest;
  /** Seed of the thinking. */
  seed: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Version of Sojourn, and commit of its checkout where it was one. */
  version: string;
  commit?: string | undefined;
  /** Graded answers, by problem and sample. */
  records: EvaluationRecord[];
  /** Milliseconds of each finished call. */
  callMs: readonly number[];
  /** The whole run over all sessions. */
  wallMs: number;
}

/**
 * Reads an evaluation from its run's manifest and log alone. A run that is under way is read as far as it is.
 *
 * @param folder the run's folder
 * @throws InputError where there is no run, or one of another command; FailureError where its log is corrupt, since what
 * stands behind the damage would be missing
 */
export function readEvaluation(folder: string): Evaluation {
  const manifest = readManifest(folder);
  const request = evaluationRequestSchema.safeParse(manifest.request);
  if (manifest.command !== "eval" || !request.success) {
    throw new InputError(
      `run ${manifest.id} is no evaluation that this version can read; name a run of sojourn eval, see sojourn runs`,
    );
  }
  const fold = foldEvaluation(manifest.sessions, modelOf(request.data));
  let state: EvaluationFold = fold.start();
  const { damage } = scanLog(join(folder, LOG_FILE), (event) => {
    state = fold.apply(state, event);
  });
  if (damage?.kind === "corrupt") {
    throw new FailureError(
      `line ${damage.line} of the log of run ${manifest.id} is corrupt: ${damage.reason}; mend it with sojourn resume --repair`,
    );
  }
  const { id, seed, createdAt, commit, versions } = manifest;
  return {
    ...{ run: id, folder, state: manifest.state, request: request.data, seed, createdAt, commit },
    version: versions.sojourn,
    records: recordsOf(state),
    callMs: state.callMs,
    wallMs: state.clock.elapsedMs,
  };
}
