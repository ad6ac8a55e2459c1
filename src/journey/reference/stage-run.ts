import { relative } from "node:path";
import type { NewRun } from "../../runs/open-run.ts";
import { createRun, resumeRun } from "../../runs/open-run.ts";
import { listRuns } from "../../runs/run-folder.ts";
import type { RunLog } from "../../runs/run-log.ts";

/**
 * The run of a stage, in a folder that holds no other one: the one that an earlier session began, or a new one. What
 * `work` makes of it is done when it returns; where it throws, the run stays open to be gone on with.
 */
export async function withStageRun(
  root: string,
  run: NewRun,
  work: (log: RunLog) => Promise<void>,
): Promise<void> {
  const log = listRuns(root).length > 0 ? resumeRun("latest", { root }).log : createRun(run, { root });
  try {
    await work(log);
    log.finish();
  } finally {
    log.close("interrupted");
  }
}

/** The name of a checkpoint's model: relative to the working folder, so that no log says where this machine keeps it. */
export function modelIn(folder: string): string {
  return `nano/${relative(process.cwd(), folder)}`;
}
