import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { SojournError } from "../../thought/errors.ts";
import { isOwned, takeOwnership } from "../lock.ts";
import { type RunManifest, readManifest } from "../manifest.ts";
import { LOG_FILE, listRuns } from "../run-folder.ts";
import { TABLES } from "./columns.ts";
import { compactFolder, removeLeftovers } from "./compact-folder.ts";
import { openDatabase, withConnection } from "./database.ts";
import { ParquetFiles, readCompactedRuns } from "./parquet-files.ts";
import { readRun } from "./read-run.ts";
import { RowTables } from "./row-tables.ts";
import { runFacts } from "./run-facts.ts";
import { runRow } from "./run-row.ts";

/** Characters of rows after which they are written down: what is written is kept, whatever happens. */
const BATCH_CHARACTERS = 96 << 20;
const STAGED = "staged_";

/** How a compaction goes on. */
export interface CompactProgress {
  /** Runs that were read, of those that have to be. */
  runs: number;
  of: number;
  /** Rows of all tables. */
  rows: number;
}

/** What a compaction has done. */
export interface CompactReport extends CompactProgress {
  /** Runs that go on, or were left unfinished, and stay as they are. */
  left: number;
  /** Bytes of all compacted rows, those of earlier compactions included. */
  bytes: number;
  /** True where the signal fired before all was done; what was done is kept. */
  interrupted: boolean;
}

/** How runs are compacted. */
export interface CompactOptions {
  /** Also runs that were interrupted. One that is resumed is read from its log again. Default false. */
  all?: boolean | undefined;
  onProgress?: ((progress: CompactProgress) => void) | undefined;
  /** Ends the compaction after the run at hand. */
  signal?: AbortSignal | undefined;
}

/**
 * Writes the rows of finished runs as typed Parquet files into `_compact` below `root`. The logs stay, and stay the truth:
 * a run whose log has changed since is written again. Killed at any moment it loses nothing and doubles nothing, since only
 * the files of an index count that is replaced as a whole.
 *
 * @throws InputError where another process is at it
 */
export async function compactRuns(root: string, options: CompactOptions = {}): Promise<CompactReport> {
  const { all = false, onProgress = () => {}, signal } = options;
  mkdirSync(compactFolder(root), { recursive: true });
  const lock = takeOwnership(compactFolder(root));
  const database = await openDatabase();
  try {
    removeLeftovers(root);
    const files = new ParquetFiles(root, database);
    const staged = await RowTables.create(database, STAGED);
    const known = await readCompactedRuns(root, database);
    const found = listRuns(root).flatMap((id) => candidateOf(root, id) ?? []);
    const changed = found.filter(({ manifest, logBytes }) => known.get(manifest.id)?.logBytes !== logBytes);
    // Newest first: what is asked for most is then found first.
    const due = changed.filter(({ manifest, owned }) => !owned && (all || hasEnded(manifest))).reverse();
    const progress: CompactProgress = { runs: 0, of: due.length, rows: 0 };
    const again = new Set<string>();
    const write = async (): Promise<void> => {
      await staged.commit();
      await files.remove(again);
      await files.add(STAGED);
      files.commit();
      again.clear();
      await withConnection(database, async (connection) => {
        for (const table of TABLES) await connection.run(`TRUNCATE ${STAGED}${table}`);
      });
    };
    for (const { manifest } of due) {
      if (signal?.aborted === true) break;
      const { id } = manifest;
      if (known.has(id)) again.add(id);
      const before = staged.rows;
      const { tail, fold } = await readRun(join(root, id, LOG_FILE), runFacts(manifest), {
        take: (questions) => staged.addQuestions(questions),
        begin: () => staged.remove(id),
      });
      await staged.addRun(runRow(manifest, { logBytes: tail.size, questions: fold.size }));
      progress.runs++;
      progress.rows += staged.rows - before;
      onProgress({ ...progress });
      if (staged.characters > BATCH_CHARACTERS) await write();
    }
    await write();
    await files.merge();
    files.commit();
    removeLeftovers(root);
    staged.close();
    return {
      ...progress,
      left: changed.length - due.length,
      bytes: files.bytes,
      interrupted: progress.runs < due.length,
    };
  } finally {
    database.closeSync();
    lock.release();
  }
}

function hasEnded({ state }: RunManifest): boolean {
  return state === "finished" || state === "failed";
}

interface Candidate {
  manifest: RunManifest;
  logBytes: number;
  owned: boolean;
}

/** A run that may be compacted; undefined where it cannot be read. */
function candidateOf(root: string, id: string): Candidate | undefined {
  const folder = join(root, id);
  try {
    const logBytes = statSync(join(folder, LOG_FILE), { throwIfNoEntry: false })?.size ?? 0;
    return logBytes === 0 ? undefined : { manifest: readManifest(folder), logBytes, owned: isOwned(folder) };
  } catch (error) {
    if (error instanceof SojournError) return undefined;
    throw error;
  }
}
