import type { Checkpoint, TrainerState } from "../../checkpoint.ts";
import type { NanoConfig } from "../../config.ts";
import type { PackedRows } from "../packing.ts";
import type { Recipe } from "../recipe.ts";
import { adamStep, type Moments, meanGradient } from "./adam.ts";
import { type FlatLayout, flatLayout, flatten, unflatten } from "./flat-layout.ts";
import { GradientPool } from "./gradient-pool.ts";

/** A model in training: weights, moments, and the threads that compute gradients. */
export class Trainee {
  readonly #layout: FlatLayout;
  readonly #pool: GradientPool;
  readonly #moments: Moments;
  readonly #optimiser: Recipe["optimiser"];

  /** Starts from a checkpoint, with a gradient slot for each of the recipe's logical shards. */
  constructor(config: NanoConfig, { weights, moments }: Checkpoint, recipe: Recipe, threads: number) {
    this.#layout = flatLayout(config);
    this.#optimiser = recipe.optimiser;
    this.#pool = new GradientPool(config, recipe.training.logicalShards, threads);
    const { size } = this.#layout;
    this.#moments = { first: new Float32Array(size), second: new Float32Array(size) };
    flatten(this.#layout, weights, this.#pool.weights);
    flatten(this.#layout, moments, this.#moments.first, "m.");
    flatten(this.#layout, moments, this.#moments.second, "v.");
  }

  /**
   * One optimiser step on a batch, whole or not at all: undefined when the signal aborted it.
   *
   * @param number from 1
   * @returns the mean loss before the step, and the norm of its gradient before clipping
   */
  async step(
    rows: PackedRows,
    rate: number,
    number: number,
    signal?: AbortSignal,
  ): Promise<{ loss: number; gradientNorm: number } | undefined> {
    const sum = await unlessAborted(this.#pool.computeGradients(rows, signal), signal);
    if (sum === undefined) return undefined;
    const mean = meanGradient(this.#pool.gradients, Math.max(1, sum.learnt));
    const settings = { ...this.#optimiser, rate, step: number };
    adamStep(this.#layout, this.#pool.weights, this.#moments, mean, settings);
    this.#pool.weightsChanged();
    return { loss: sum.loss / Math.max(1, sum.learnt), gradientNorm: mean.norm };
  }

  /** Mean loss of a learnt token in some rows, or undefined when the signal aborted it. */
  async meanLoss(parts: readonly PackedRows[], signal?: AbortSignal): Promise<number | undefined> {
    const sum = await unlessAborted(this.#pool.computeLoss(parts, signal), signal);
    return sum && sum.loss / Math.max(1, sum.learnt);
  }

  /** All that a later training needs, as copies. */
  checkpoint(state: TrainerState): Checkpoint {
    const { first, second } = this.#moments;
    const moments = new Map([
      ...unflatten(this.#layout, first, "m."),
      ...unflatten(this.#layout, second, "v."),
    ]);
    return { weights: unflatten(this.#layout, this.#pool.weights), moments, state };
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
