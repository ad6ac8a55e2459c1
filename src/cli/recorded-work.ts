import type { RunLog } from "../runs/run-log.ts";
import type { CommandOutput } from "./command-output.ts";
import { InterruptedError, withInterrupt } from "./interrupt.ts";

/**
 * Does the work of a run that Ctrl-C may stop. An interrupted run is closed as such and its user told how to go on with it;
 * one that fails is closed as failed, and the error goes on. One that came to its end stays open for its report.
 *
 * @returns false where it was interrupted
 */
export async function doRecorded(
  run: RunLog,
  output: Pick<CommandOutput, "note">,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  try {
    await withInterrupt(work);
    return true;
  } catch (error) {
    const interrupted = error instanceof InterruptedError;
    run.close(interrupted ? "interrupted" : "failed");
    if (!interrupted) throw error;
    output.note(`interrupted${run.folder === undefined ? "" : `; go on with: sojourn resume ${run.id}`}`);
    return false;
  }
}
