import { setTimeout as wait } from "node:timers/promises";
import { FailureError } from "../thought/errors.ts";

/** A piece of thinking that is under way: one question, or a run of several. */
export interface Job {
  /** Fires when it has to stop at once: its client hung up, or the server has no more time. */
  readonly signal: AbortSignal;
  /** Fires when it has to end with its best answer so far. */
  readonly enough: AbortSignal;
  /** Whether it is kept so that it can be gone on with: then a shutdown stops it instead of having it settle. */
  readonly resumable: boolean;
  /** Stops it at once. */
  stop(reason: Error): void;
  /** Has it end with its best answer so far. */
  settle(): void;
  /** Says that it has ended. Idempotent. */
  end(): void;
}

/** The reason of jobs that the server stops because it shuts down; runs they belong to can be resumed. */
export class ShutdownError extends FailureError {
  constructor() {
    super("the server is shutting down; ask again");
  }
}

/**
 * The thinking that is under way in a server. Each job has signals of its own instead of sharing the server's: what listens
 * to a signal that lives as long as the server would stay in memory as long.
 */
export class Jobs {
  readonly #jobs = new Set<Job>();
  #emptied = (): void => {};
  #closing = false;

  /** How many are under way. */
  get size(): number {
    return this.#jobs.size;
  }

  /** True once the server has begun to shut down: nothing new may begin. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Registers a job that begins now. Throws a ShutdownError once the server shuts down. */
  begin({ resumable = false } = {}): Job {
    if (this.#closing) throw new ShutdownError();
    const stopping = new AbortController();
    const settling = new AbortController();
    const job: Job = {
      signal: stopping.signal,
      enough: settling.signal,
      resumable,
      stop: (reason) => stopping.abort(reason),
      settle: () => settling.abort(),
      end: () => {
        this.#jobs.delete(job);
        if (this.#jobs.size === 0) this.#emptied();
      },
    };
    this.#jobs.add(job);
    return job;
  }

  /**
   * Lets nothing new begin and waits for what is under way: first for it to finish, then to settle for its best answer,
   * at last to stop. What can be gone on with later is stopped as soon as the grace is over.
   *
   * @param graceMs how long jobs may go on as if nothing had happened
   * @param settleMs how long they may take to settle
   */
  async close({ graceMs, settleMs }: { graceMs: number; settleMs: number }): Promise<void> {
    this.#closing = true;
    if (await this.#emptyWithin(graceMs)) return;
    for (const job of this.#jobs) {
      if (job.resumable) job.stop(new ShutdownError());
      else job.settle();
    }
    if (await this.#emptyWithin(settleMs)) return;
    for (const job of this.#jobs) job.stop(new ShutdownError());
    await this.#emptyWithin(STOP_MS);
  }

  async #emptyWithin(milliseconds: number): Promise<boolean> {
    if (this.#jobs.size === 0) return true;
    const given = new AbortController();
    const empty = new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
    await Promise.race([empty, wait(milliseconds, undefined, { signal: given.signal })]);
    given.abort();
    return this.#jobs.size === 0;
  }
}

/** A stopped job only has to notice that it was. */
const STOP_MS = 2_000;
