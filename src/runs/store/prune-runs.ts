import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Filter } from "../filter/filter.ts";
import { filterSql, SqlParameters } from "../filter/filter-sql.ts";
import { isOwned, takeOwnership } from "../lock.ts";
import { compactFolder, removeLeftovers } from "./compact-folder.ts";
import { openDatabase } from "./database.ts";
import { ParquetFiles } from "./parquet-files.ts";
import { RunStore } from "./run-store.ts";

/** Which runs go. All that is given has to hold. */
export interface PruneOptions {
  /** Runs that were begun before this time, in milliseconds since the epoch. */
  before?: number | undefined;
  /** Runs that were begun by this command, such as `serve`. */
  command?: string | undefined;
  /** Runs all of whose thoughts fit this filter, and that have at least one. */
  filter?: Filter | undefined;
  /** Only says what would go. Default false. */
  dryRun?: boolean | undefined;
}

/** What went, or would have gone. */
export interface PruneReport {
  /** Ids, oldest first. */
  runs: string[];
  /** Runs that fit and go on: they stay. */
  owned: string[];
}

/** A folder with this before its name is on its way out, and no run any more. */
const GOING = ".pruned-";

/**
 * Removes runs: their compacted rows first, then their folders. Killed in between, the rows are read from the logs that are
 * still there, and pruning again ends it.
 */
export async function pruneRuns(root: string, options: PruneOptions): Promise<PruneReport> {
  const { dryRun = false } = options;
  const fitting = await fittingRuns(root, options);
  const owned = fitting.filter((run) => isOwned(join(root, run)));
  const runs = fitting.filter((run) => !owned.includes(run));
  if (dryRun || runs.length === 0) return { runs, owned };
  if (existsSync(compactFolder(root))) await removeRows(root, new Set(runs));
  for (const run of runs)
    if (existsSync(join(root, run))) renameSync(join(root, run), join(root, `${GOING}${run}`));
  for (const name of readdirSync(root))
    if (name.startsWith(GOING)) rmSync(join(root, name), { recursive: true, force: true });
  return { runs, owned };
}

async function fittingRuns(root: string, { before, command, filter = [] }: PruneOptions): Promise<string[]> {
  const parameters = new SqlParameters();
  const conditions = ["true"];
  if (before !== undefined) conditions.push(`epoch_ms(createdAt) < ${parameters.add(before)}::DOUBLE`);
  if (command !== undefined) conditions.push(`command = ${parameters.add(command)}`);
  if (filter.length > 0) {
    conditions.push("run IN (SELECT run FROM questions)");
    conditions.push(
      `run NOT IN (SELECT run FROM questions WHERE (${filterSql(filter, parameters)}) IS NOT TRUE)`,
    );
  }
  const store = await RunStore.open(root);
  try {
    const sql = `SELECT run FROM runs WHERE ${conditions.join(" AND ")} ORDER BY run`;
    return (await store.ask({ sql, values: parameters.values })).map(({ run }) => String(run));
  } finally {
    store.close();
  }
}

async function removeRows(root: string, runs: ReadonlySet<string>): Promise<void> {
  const lock = takeOwnership(compactFolder(root));
  const database = await openDatabase();
  try {
    const files = new ParquetFiles(root, database);
    await files.remove(runs);
    files.commit();
    removeLeftovers(root);
  } finally {
    database.closeSync();
    lock.release();
  }
}
