import { rmSync } from "node:fs";
import { findChecker } from "../../problems/checkers.ts";
import { createRun } from "../../runs/open-run.ts";
import type { RunLog } from "../../runs/run-log.ts";
import type { AskRequest } from "../../strategies/ask-request.ts";
import { thinkThrough } from "../../strategies/think.ts";
import { InputError, messageOf, SojournError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import type { Job } from "../jobs.ts";
import type { StreamDelta } from "./ask-schema.ts";

/** Is told of what happens in a run of this process: that its log has grown, or that a model has written something. */
export type RunWatcher = (delta?: StreamDelta) => void;

/** One run that was asked for here. */
interface AskedRun {
  job: Job;
  watchers: Set<RunWatcher>;
  ended: boolean;
  /** One line, once it has failed. */
  error?: string | undefined;
}

/** Runs that ended are remembered for what went wrong in them, the newest so many. */
const REMEMBERED = 256;

/** The runs that the studio asked for in this process, by id: they can be watched as they think, and told to end. */
export class AskedRuns {
  readonly #context: ServerContext;
  readonly #runs = new Map<string, AskedRun>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /**
   * Starts a run and returns its id once it thinks. What cannot even begin leaves no run behind and is thrown as an
   * InputError: an empty question, or one of a kind that the model does not know.
   */
  async start(request: AskRequest): Promise<string> {
    const { runsRoot, clock, jobs } = this.#context;
    const { think } = request;
    const job = jobs.begin();
    let log: RunLog;
    try {
      log = createRun(
        {
          command: "ask",
          // As a reader of the log will get it: without fields that are undefined.
          request: JSON.parse(JSON.stringify(request)),
          models: { policy: think.model, ...think.roles },
          seed: think.settings.seed ?? think.configured.seed ?? 0,
        },
        { root: runsRoot, clock },
      );
    } catch (error) {
      job.end();
      throw error;
    }
    const asked: AskedRun = { job, watchers: new Set(), ended: false };
    this.#remember(log.id, asked);
    const begun = new Promise<undefined>((resolve) => {
      log.onEvent(() => {
        resolve(undefined);
        for (const watcher of asked.watchers) watcher();
      });
    });
    const thinking = this.#think(request, log, asked);
    const early = await Promise.race([begun, thinking]);
    if (early === undefined) return log.id;
    if (log.folder !== undefined) rmSync(log.folder, { recursive: true, force: true });
    this.#runs.delete(log.id);
    const { refused } = early;
    throw refused instanceof SojournError ? new InputError(refused.message, refused) : refused;
  }

  /** Has a run end with its best answer so far. False where no such run is under way in this process. */
  stop(run: string): boolean {
    const asked = this.#runs.get(run);
    if (asked === undefined || asked.ended) return false;
    asked.job.settle();
    return true;
  }

  /** What went wrong in a run of this process, if anything did. */
  errorOf(run: string): string | undefined {
    return this.#runs.get(run)?.error;
  }

  /** Watches a run; returns what ends that. A run of another process tells nothing. */
  watch(run: string, watcher: RunWatcher): () => void {
    const watchers = this.#runs.get(run)?.watchers;
    watchers?.add(watcher);
    return () => watchers?.delete(watcher);
  }

  /** Thinks to the end. Resolves to the error of a run that could not even begin; any other is kept. */
  async #think(
    { question, think, checker }: AskRequest,
    log: RunLog,
    asked: AskedRun,
  ): Promise<{ refused: unknown } | undefined> {
    const { job, watchers } = asked;
    let begun = false;
    const stopListening = log.onEvent(() => {
      begun = true;
    });
    try {
      await thinkThrough(question, think, {
        registry: this.#context.registry,
        run: log,
        checker: checker === undefined ? undefined : findChecker(checker),
        signal: job.signal,
        enough: job.enough,
        show: (delta) => {
          for (const watcher of watchers) watcher(delta);
        },
      });
      log.finish();
      return undefined;
    } catch (error) {
      log.close(job.signal.aborted ? "interrupted" : "failed");
      asked.error = messageOf(error);
      return begun ? undefined : { refused: error };
    } finally {
      stopListening();
      asked.ended = true;
      job.end();
      for (const watcher of watchers) watcher();
    }
  }

  #remember(run: string, asked: AskedRun): void {
    this.#runs.set(run, asked);
    for (const [id, { ended }] of this.#runs) {
      if (this.#runs.size <= REMEMBERED) return;
      if (ended) this.#runs.delete(id);
    }
  }
}
