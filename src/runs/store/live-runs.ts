import { statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SojournError } from "../../thought/errors.ts";
import { isOwned } from "../lock.ts";
import { type RunManifest, readManifest } from "../manifest.ts";
import { LOG_FILE } from "../run-folder.ts";
import { type RowSink, type RunReading, readRun } from "./read-run.ts";
import type { RowTables } from "./row-tables.ts";
import { runFacts } from "./run-facts.ts";
import { runRow } from "./run-row.ts";

interface KnownRun {
  logBytes: number;
  questions: number;
  /** Kept while the run goes on, so that only what was added is read. */
  going?: RunReading | undefined;
}

/** The runs below `root` whose logs have to be read, each read again only where its log has changed. */
export class LiveRuns {
  readonly #root: string;
  readonly #known = new Map<string, KnownRun>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The runs that were read so far. */
  get known(): Iterable<string> {
    return this.#known.keys();
  }

  has(run: string): boolean {
    return this.#known.has(run);
  }

  /** Questions of a run, as far as it was read. */
  questions(run: string): number {
    return this.#known.get(run)?.questions ?? 0;
  }

  forget(run: string): void {
    this.#known.delete(run);
  }

  /** Size of a run's log now; 0 where there is none. */
  logBytes(run: string): number {
    return statSync(join(this.#root, run, LOG_FILE), { throwIfNoEntry: false })?.size ?? 0;
  }

  /**
   * Puts what is new of a run into tables.
   *
   * @returns false where its log has the size it had, or cannot be read
   */
  async look(run: string, tables: RowTables): Promise<boolean> {
    const known = this.#known.get(run);
    const folder = join(this.#root, run);
    // A run that went on may have ended without another line.
    const same = known?.going === undefined || isOwned(folder);
    if (known !== undefined && same && known.logBytes === this.logBytes(run)) return false;
    let manifest: RunManifest;
    try {
      manifest = readManifest(folder);
    } catch (error) {
      if (error instanceof SojournError) return false;
      throw error;
    }
    let replaces = known?.going !== undefined;
    if (known !== undefined && !replaces) await tables.remove(run);
    const sink: RowSink = {
      async take(questions) {
        if (replaces) await tables.removeQuestions(run, questions);
        await tables.addQuestions(questions);
      },
      async begin() {
        await tables.remove(run);
        replaces = false;
      },
    };
    const path = join(folder, LOG_FILE);
    const going = await readRun(path, runFacts(manifest), sink, known?.going);
    const { logBytes, questions } = { logBytes: going.tail.size, questions: going.fold.size };
    const goesOn = manifest.state === "running" && isOwned(folder);
    const state = goesOn || manifest.state !== "running" ? manifest.state : "interrupted";
    await tables.addRun(runRow({ ...manifest, state }, { logBytes, questions }));
    this.#known.set(run, goesOn ? { logBytes, questions, going } : { logBytes, questions });
    await nextTurn();
    return true;
  }
}
