import { join } from "node:path";
import { readManifest } from "../runs/manifest.ts";
import { listRuns } from "../runs/run-folder.ts";
import { pruneRuns } from "../runs/store/prune-runs.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A run that a server recorded, by the form of its id. */
const SERVED = /^\d{8}-\d{6}-serve-/;

/**
 * Removes the runs that servers have recorded and that are older than so many days, compacted rows included. Runs of other
 * commands stay, and so does a run that is under way.
 *
 * @returns the ids of the removed runs
 */
export async function removeOldRuns(root: string, keepDays: number, now: number): Promise<string[]> {
  const before = now - keepDays * DAY_MS;
  // Most hours nothing is too old, and then no log has to be read.
  const old = listRuns(root).some(
    (id) => SERVED.test(id) && Date.parse(readManifest(join(root, id)).createdAt) < before,
  );
  return old ? (await pruneRuns(root, { before, command: "serve" })).runs : [];
}

/** Removes old runs now and every hour. Returns a function that ends it. */
export function keepRunsFor(
  keepDays: number,
  { runsRoot, clock }: { runsRoot: string; clock: () => number },
): () => void {
  const remove = (): void => {
    // A folder that cannot be read or removed is no reason to stop serving; the next hour tries again.
    removeOldRuns(runsRoot, keepDays, clock()).catch((error: unknown) => console.error(error));
  };
  remove();
  const timer = setInterval(remove, HOUR_MS).unref();
  return () => clearInterval(timer);
}
