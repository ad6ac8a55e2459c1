import type { Checkpoint, TrainerState, Weights } from "../../checkpoint.ts";
import type { NanoConfig } from "../../config.ts";
import { rewardHeadNames } from "../../reward-head.ts";
import { type Objective, objectiveMeasures } from "../objective.ts";
import type { PackedRows } from "../packing.ts";
import type { Recipe } from "../recipe.ts";
import { adamStep, type Moments, meanGradient } from "./adam.ts";
import { type FlatLayout, flatLayout, flatten, unflatten } from "./flat-layout.ts";
import { GradientPool } from "./gradient-pool.ts";

/** What decides a {@link Trainee} beside its checkpoint. */
export interface TraineeOptions {
  readonly objective: Objective;
  readonly optimiser: Recipe["optimiser"];
  /** Parts of a batch, each with a gradient of its own. */
  readonly logicalShards: number;
  readonly threads: number;
}

/** What one optimiser step found. */
export interface StepResult {
  /** Mean loss of a unit (a learnt token, a pair, a sample) before the step. */
  readonly loss: number;
  /** Norm of its gradient before clipping. */
  readonly gradientNorm: number;
  /** Means over the units, as `objectiveMeasures` names them. */
  readonly measures: Record<string, number>;
}

/** A model in training: weights, moments, and the threads that compute gradients. */
export class Trainee {
  readonly #layout: FlatLayout;
  readonly #pool: GradientPool;
  readonly #moments: Moments;
  readonly #options: TraineeOptions;

  /** Starts from a checkpoint, with a gradient slot for each logical shard. */
  constructor(config: NanoConfig, { weights, head, moments }: Checkpoint, options: TraineeOptions) {
    const { objective, logicalShards, threads } = options;
    this.#layout = flatLayout(config, objective);
    this.#options = options;
    this.#pool = new GradientPool(config, logicalShards, threads, objective);
    const { size } = this.#layout;
    this.#moments = { first: new Float32Array(size), second: new Float32Array(size) };
    flatten(this.#layout, weights, this.#pool.weights);
    flatten(this.#layout, head ?? new Map(), this.#pool.weights);
    flatten(this.#layout, moments, this.#moments.first, "m.");
    flatten(this.#layout, moments, this.#moments.second, "v.");
  }

  /**
   * One optimiser step on a batch, given as the rows of each logical shard, whole or not at all: undefined when the signal
   * aborted it.
   *
   * @param number from 1
   */
  async step(
    shards: readonly PackedRows[],
    rate: number,
    number: number,
    signal?: AbortSignal,
  ): Promise<StepResult | undefined> {
    const sum = await unlessAborted(this.#pool.computeGradients(shards, signal), signal);
    if (sum === undefined) return undefined;
    const units = Math.max(1, sum.learnt);
    const mean = meanGradient(this.#pool.gradients, units);
    const { optimiser, objective } = this.#options;
    adamStep(this.#layout, this.#pool.weights, this.#moments, mean, { ...optimiser, rate, step: number });
    this.#pool.weightsChanged();
    const measures = objectiveMeasures[objective.kind].map((name, index) => [
      name,
      (sum.measures[index] ?? 0) / units,
    ]);
    return { loss: sum.loss / units, gradientNorm: mean.norm, measures: Object.fromEntries(measures) };
  }

  /** Mean loss of a unit in some rows, or undefined when the signal aborted it. */
  async meanLoss(parts: readonly PackedRows[], signal?: AbortSignal): Promise<number | undefined> {
    const sum = await unlessAborted(this.#pool.computeLoss(parts, signal), signal);
    return sum && sum.loss / Math.max(1, sum.learnt);
  }

  /** The weights as they are, as copies. */
  get weights(): Weights {
    return unflatten(this.#layout, this.#pool.weights);
  }

  /** All that a later training needs, as copies. */
  checkpoint(state: TrainerState): Checkpoint {
    const { first, second } = this.#moments;
    const moments = new Map([
      ...unflatten(this.#layout, first, "m."),
      ...unflatten(this.#layout, second, "v."),
    ]);
    const weights = new Map(this.weights);
    const head = new Map(
      Object.values(rewardHeadNames).flatMap((name) => {
        const tensor = weights.get(name);
        weights.delete(name);
        return tensor === undefined ? [] : [[name, tensor] as const];
      }),
    );
    return { weights, ...(head.size > 0 && { head }), moments, state };
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

async function unlessAborted<Value>(work: Promise<Value>, signal?: AbortSignal): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
