import { statSync } from "node:fs";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { z } from "zod";
import { startWorker } from "../../nano/start-worker.ts";
import { LOG_FILE } from "../../runs/run-folder.ts";
import { FailureError, InputError } from "../../thought/errors.ts";

/** What `report.worker.ts` says of the folder that it was given: the report as JSON, or why there is none. */
const toldSchema = z.union([
  z.object({ json: z.string() }),
  z.object({ failed: z.string(), input: z.boolean() }),
]);
/** What `report.worker.ts` says, see {@link Reports}. */
export type ReportTold = z.infer<typeof toldSchema>;

/** Reports that are kept for whoever asks next. */
const KEPT = 8;
/** A thread needs memory for all of a log's thoughts. */
const MOST_BYTES = 256 << 20;

/** How long a thread that has nothing to do is kept, in milliseconds. */
const IDLE_MS = 60_000;

/**
 * Reports on evaluations, worked out by a thread beside the server: reading a log of many megabytes and counting the tokens of
 * its thoughts would hold up everybody else. One is worked out at a time; what has not changed since is not worked out again.
 */
export class Reports {
  readonly #known = new Map<string, Promise<string>>();
  #last: Promise<unknown> = Promise.resolve();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** An evaluation's report as JSON. Throws an InputError where the folder holds none, or one that is too large. */
  of(folder: string): Promise<string> {
    const { size, mtimeMs } = statSync(join(folder, LOG_FILE), { throwIfNoEntry: false }) ?? NO_LOG;
    if (size > MOST_BYTES)
      throw new InputError(`the log is too large to be read at once; see ${join(folder, "report.html")}`);
    const key = `${folder}\n${size}\n${mtimeMs}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const report = this.#last.then(() => this.#workOut(folder));
    this.#last = report.catch(() => {});
    this.#known.set(key, report);
    // What failed may be asked for again: the run's other files may have changed.
    report.catch(() => this.#known.delete(key));
    for (const old of [...this.#known.keys()].slice(0, -KEPT)) this.#known.delete(old);
    return report;
  }

  async #workOut(folder: string): Promise<string> {
    clearTimeout(this.#idle);
    const worker = this.#worker ?? startWorker(import.meta.url, "report", undefined);
    this.#worker = worker;
    const listening = new AbortController();
    try {
      const message = await new Promise<unknown>((resolve, reject) => {
        const { signal } = listening;
        on(worker, "message", resolve, signal);
        on(worker, "error", reject, signal);
        on(
          worker,
          "exit",
          () => reject(new FailureError("the report's thread ended without a word")),
          signal,
        );
        worker.ref();
        worker.postMessage(folder);
      });
      const told = toldSchema.parse(message);
      if ("json" in told) return told.json;
      throw told.input ? new InputError(told.failed) : new FailureError(told.failed);
    } catch (error) {
      // What is wrong with a folder is no fault of the thread.
      if (!(error instanceof InputError)) this.#end();
      throw error;
    } finally {
      listening.abort();
      // The next report may come soon, but nobody waits for the thread to end.
      worker.unref();
      this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    }
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function on(worker: Worker, event: string, listener: (value: unknown) => void, signal: AbortSignal): void {
  worker.on(event, listener);
  signal.addEventListener("abort", () => worker.off(event, listener), { once: true });
}

const NO_LOG = { size: 0, mtimeMs: 0 };
