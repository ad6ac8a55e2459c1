import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { SojournError } from "../thought/errors.ts";
import { isOwned } from "./lock.ts";
import { type LogSummary, logSummarySchema, summarizeLog } from "./log-summary.ts";
import { type RunManifest, type RunState, readManifest } from "./manifest.ts";
import { LOG_FILE, listRuns } from "./run-folder.ts";
import { writeWhole } from "./write-whole.ts";

/** One run, as a list of runs shows it. */
export interface RunSummary extends LogSummary {
  id: string;
  command: string;
  /** `interrupted` also for a run whose process died without a word. */
  state: RunState;
  /** `provider/model`, each once. */
  models: string[];
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A summary of a log of this size: a log only grows, so that one of the same size says the same. */
const keptSchema = z.strictObject({ schema: z.literal(1), logBytes: z.int(), summary: logSummarySchema });

/** The name of the kept summary in a run's folder. It may be removed at any time. */
const SUMMARY_FILE = "summary.json";

/**
 * Sums up one run. A log that did not change since it was last summed up is not read again.
 *
 * @throws InputError where the folder holds no run
 */
export function summarizeRun(folder: string): RunSummary {
  const manifest = readManifest(folder);
  const owned = isOwned(folder);
  const summary = summaryOf(folder, manifest, owned);
  return {
    id: manifest.id,
    command: manifest.command,
    state: manifest.state === "running" && !owned ? "interrupted" : manifest.state,
    models: [...new Set(Object.values(manifest.models))],
    createdAt: manifest.createdAt,
    ...summary,
  };
}

/** A list of runs, and what could not be read, one line each. */
export interface RunSummaries {
  runs: RunSummary[];
  unreadable: string[];
}

/**
 * Sums up the runs below `root`, newest first, letting other work have its turn between them.
 *
 * @param options.limit most runs; default all
 */
export async function summarizeRuns(
  root: string,
  options: { limit?: number | undefined } = {},
): Promise<RunSummaries> {
  const found: RunSummaries = { runs: [], unreadable: [] };
  for (const id of listRuns(root).reverse().slice(0, options.limit)) {
    try {
      found.runs.push(summarizeRun(join(root, id)));
    } catch (error) {
      if (!(error instanceof SojournError)) throw error;
      found.unreadable.push(error.message);
    }
    await nextTurn();
  }
  return found;
}

function summaryOf(folder: string, { sessions }: RunManifest, owned: boolean): LogSummary {
  const log = join(folder, LOG_FILE);
  const logBytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const path = join(folder, SUMMARY_FILE);
  try {
    const kept = keptSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    if (kept.logBytes === logBytes) return kept.summary;
  } catch {
    // None was kept, or by another version.
  }
  const summary = summarizeLog(log, sessions);
  if (!owned) keep(path, { schema: 1, logBytes, summary });
  return summary;
}

/** Keeping a summary only saves time: a folder that cannot be written to is read each time. */
function keep(path: string, kept: z.infer<typeof keptSchema>): void {
  try {
    writeWhole(path, JSON.stringify(kept), { makeFolder: false, lasting: false });
  } catch (error) {
    if (!(error instanceof SojournError)) throw error;
  }
}
