import { setImmediate as nextTurn } from "node:timers/promises";
import type { Generation, NanoSample } from "./generation.ts";
import { Job, type JobRequest } from "./job.ts";
import type { PagePool } from "./page-pool.ts";
import { QuestionOrder } from "./question-order.ts";
import type { Sequence } from "./sequence.ts";
import type { Span, Transformer } from "./transformer.ts";

/** Milliseconds of work after which other events get their turn. */
const slice = 8;

interface Running {
  readonly job: Job;
  readonly sample: Generation;
}

/** Some tokens of a sequence in one pass, and what to do with the logits of the last. */
interface Work {
  readonly sequence: Sequence;
  readonly span: Span;
  readonly take: (logits: Float32Array) => void;
}

/**
 * Runs all requests as one batch (continuous batching, Orca, Yu et al. 2022): each pass computes one token of every
 * running sample and, in the rows that are left, tokens of waiting prompts; a finished sample leaves at once and the
 * next takes its place. Requests about one question go before those about questions that came later, see
 * {@link QuestionOrder}.
 */
export class Scheduler {
  readonly #transformer: Transformer;
  readonly #pool: PagePool;
  readonly #maxSamples: number;
  readonly #order = new QuestionOrder();
  /** Requests with samples that have not started, in the order in which their questions came. */
  #queue: Job[] = [];
  #running: Running[] = [];
  #working = false;

  /** @param maxSamples most samples that run at once */
  constructor(transformer: Transformer, pool: PagePool, maxSamples: number) {
    this.#transformer = transformer;
    this.#pool = pool;
    this.#maxSamples = maxSamples;
  }

  /** Resolves with the samples in the order of their keys; rejects with the signal's reason when it is aborted. */
  run(request: JobRequest): Promise<NanoSample[]> {
    const job = new Job(request, this.#order.placeOf(request.question));
    const before = this.#queue.findLastIndex(({ place }) => place <= job.place);
    this.#queue.splice(before + 1, 0, job);
    if (!this.#working) void this.#work();
    return job.finished;
  }

  async #work(): Promise<void> {
    this.#working = true;
    // Requests made in the same turn join the first pass.
    await nextTurn();
    let sliceEnd = performance.now() + slice;
    while (this.#queue.length + this.#running.length > 0) {
      if (performance.now() >= sliceEnd) {
        await nextTurn();
        sliceEnd = performance.now() + slice;
      }
      this.#dropAborted();
      try {
        this.#pass();
        this.#startSamples();
      } catch (error) {
        for (const job of this.#jobs()) this.#drop(job, error);
      }
    }
    this.#working = false;
  }

  #dropAborted(): void {
    for (const job of this.#jobs()) {
      const { signal } = job.request;
      if (signal?.aborted) this.#drop(job, signal.reason);
    }
  }

  #pass(): void {
    const work = [...this.#nextTokens(), ...this.#promptTokens()];
    const logits = this.#transformer.forward(work.map(({ span }) => span));
    let next = 0;
    for (const { sequence, span, take } of work) {
      sequence.computedUpTo(span.position + span.tokens.length);
      const row = span.logits === "last" ? logits[next++] : undefined;
      if (row !== undefined) take(row);
    }
  }

  #nextTokens(): Work[] {
    return this.#running.map((running) => {
      const { sequence } = running.sample;
      const span = this.#span(sequence, sequence.tokens.length);
      return { sequence, span, take: (logits) => this.#extend(running, logits) };
    });
  }

  #promptTokens(): Work[] {
    const work: Work[] = [];
    let places = this.#maxSamples - this.#running.length;
    let rows = this.#transformer.maxRows - this.#running.length;
    for (const job of this.#queue) {
      if (places <= 0 || rows <= 0) break;
      places -= job.waiting;
      if (job.ready) continue;
      const sequence = job.prompt(this.#pool);
      const span = this.#span(sequence, Math.min(sequence.tokens.length, sequence.computed + rows));
      work.push({ sequence, span, take: (logits) => job.promptComputed(logits) });
      rows -= span.tokens.length;
    }
    return work;
  }

  /** The tokens of a sequence that are not computed, up to `end`, with room for them in the cache. */
  #span(sequence: Sequence, end: number): Span {
    sequence.reserve(end);
    return {
      tokens: sequence.tokens.slice(sequence.computed, end),
      position: sequence.computed,
      pages: sequence.addresses,
      logits: end === sequence.tokens.length ? "last" : "none",
    };
  }

  #startSamples(): void {
    for (const job of [...this.#queue]) {
      while (job.ready && job.waiting > 0 && this.#running.length < this.#maxSamples) {
        this.#guard(job, () => {
          const running = { job, sample: job.startSample() };
          this.#running.push(running);
          this.#leaveIfFinished(running);
        });
        if (!this.#queue.includes(job)) break;
      }
    }
    this.#queue = this.#queue.filter((job) => job.waiting > 0);
  }

  #extend(running: Running, logits: Float32Array): void {
    if (!this.#running.includes(running)) return;
    this.#guard(running.job, () => {
      running.sample.extend(logits);
      this.#leaveIfFinished(running);
    });
  }

  #leaveIfFinished(running: Running): void {
    const { job, sample } = running;
    if (sample.result === undefined) return;
    this.#running = this.#running.filter((other) => other !== running);
    sample.sequence.release();
    job.finish(sample.index, sample.result);
  }

  /** A request whose listener throws fails alone. */
  #guard(job: Job, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#drop(job, error);
    }
  }

  #drop(job: Job, reason: unknown): void {
    for (const running of this.#running) if (running.job === job) running.sample.sequence.release();
    this.#running = this.#running.filter((running) => running.job !== job);
    this.#queue = this.#queue.filter((other) => other !== job);
    job.fail(reason);
  }

  #jobs(): Set<Job> {
    return new Set([...this.#queue, ...this.#running.map(({ job }) => job)]);
  }
}
