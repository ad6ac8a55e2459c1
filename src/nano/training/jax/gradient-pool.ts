import type { NanoConfig } from "../../config.ts";
import type { Objective } from "../objective.ts";
import type { PackedRows } from "../packing.ts";
import { flatLayout } from "./flat-layout.ts";
import type { LossSum } from "./gradient.ts";
import { GradientThread } from "./gradient-thread.ts";
import type { WorkerTask } from "./worker-protocol.ts";

/**
 * Threads that compute the gradients of logical shards into shared memory. A shard is computed whole by one thread, whichever
 * is free, so its gradient does not depend on how many threads there are.
 */
export class GradientPool {
  /** The weights, to be changed only while nothing is being computed. */
  readonly weights: Float32Array;
  /** The gradient of each logical shard, a sum over its units. */
  readonly gradients: readonly Float32Array[];
  readonly #threads: readonly GradientThread[];
  #version = 0;

  /** @param threads how many threads to start; no more than there are shards are of use */
  constructor(
    config: NanoConfig,
    shards: number,
    threads: number,
    objective: Objective = { kind: "likelihood" },
  ) {
    const { size } = flatLayout(config, objective);
    const vector = () => new SharedArrayBuffer(size * Float32Array.BYTES_PER_ELEMENT);
    const data = {
      config,
      objective,
      weights: vector(),
      gradients: Array.from({ length: shards }, vector),
    };
    this.weights = new Float32Array(data.weights);
    this.gradients = data.gradients.map((buffer) => new Float32Array(buffer));
    this.#threads = Array.from({ length: Math.min(threads, shards) }, () => new GradientThread(data));
  }

  /** To be called after each change of the weights. */
  weightsChanged(): void {
    this.#version++;
  }

  /** Fills {@link gradients}, each from the rows of its logical shard. Rejects when the signal aborts. */
  async computeGradients(shards: readonly PackedRows[], signal?: AbortSignal): Promise<LossSum> {
    if (shards.length !== this.gradients.length)
      throw new RangeError(`${this.gradients.length} shards are needed, not ${shards.length}`);
    return this.#run("gradient", shards, signal);
  }

  /** The loss of some rows, a part at a time. Rejects when the signal aborts. */
  async computeLoss(parts: readonly PackedRows[], signal?: AbortSignal): Promise<LossSum> {
    return this.#run("loss", parts, signal);
  }

  /** Ends the threads, whatever they are doing. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #run(kind: WorkerTask["kind"], parts: readonly PackedRows[], signal?: AbortSignal): Promise<LossSum> {
    const sums: LossSum[] = [];
    let next = 0;
    const work = async (thread: GradientThread): Promise<void> => {
      for (let shard = next++; shard < parts.length; shard = next++) {
        const rows = detached(parts[shard]);
        sums[shard] = await thread.ask({ kind, shard, version: this.#version, rows }, signal);
      }
    };
    await Promise.all(this.#threads.map(work));
    return sums.reduce(added, { loss: 0, learnt: 0, measures: [] });
  }
}

function added(one: LossSum, other: LossSum): LossSum {
  return {
    loss: one.loss + other.loss,
    learnt: one.learnt + other.learnt,
    measures: other.measures.map((value, index) => (one.measures[index] ?? 0) + value),
  };
}

/** A copy of rows: a message with views would carry all that they are views of. */
function detached(rows: PackedRows | undefined): WorkerTask["rows"] {
  const {
    context = 0,
    tokens = new Uint16Array(),
    segments = new Uint8Array(),
    mask = new Uint8Array(),
  } = rows ?? {};
  return {
    rows: rows?.rows ?? 0,
    context,
    tokens: tokens.slice(),
    segments: segments.slice(),
    mask: mask.slice(),
    ...(rows?.columns && { columns: rows.columns.map((column) => column.slice()) }),
  };
}
