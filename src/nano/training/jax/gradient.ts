import { jit, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import type { PackedRows } from "../packing.ts";
import { type FlatLayout, flatLayout } from "./flat-layout.ts";
import { type JaxArray, type NamedArrays, summedLoss, type Targets, type TokenRows } from "./model.ts";
import { batchesOf, type RowBatch, sequencesOf } from "./repack.ts";
import { eachSequence, RowArrays } from "./row-arrays.ts";

const embeddingName = "model.embed_tokens.weight";

/** A loss summed over tokens, and how many tokens those were. */
export interface LossSum {
  readonly loss: number;
  readonly learnt: number;
}

/**
 * Losses and gradients of a model on packed rows, computed by jax-js in this thread. Both are compiled once for each shape of
 * a batch that turns up, which takes a second or two.
 *
 * The token embeddings are looked up, and their gradient is added up, in plain arrays around the compiled part: as products
 * with one-hot rows they would cost as much as the output layer.
 */
export class GradientComputer {
  readonly #config: NanoConfig;
  readonly #layout: FlatLayout;
  readonly #embeddingRange: readonly [start: number, end: number];
  readonly #arrays: RowArrays;
  readonly #gradientStep: ReturnType<typeof gradientStep>;
  readonly #lossStep: ReturnType<typeof lossStep>;
  #embeddings: Float32Array = new Float32Array();
  #weights: NamedArrays = {};

  constructor(config: NanoConfig) {
    this.#config = config;
    this.#layout = flatLayout(config);
    const { start = 0, end = 0 } = this.#layout.parts.find(({ name }) => name === embeddingName) ?? {};
    this.#embeddingRange = [start, end];
    this.#arrays = new RowArrays(config);
    this.#gradientStep = gradientStep(config);
    this.#lossStep = lossStep(config);
  }

  /** Takes weights, in the layout of `flatLayout`, for all that follows until they are set again. */
  setWeights(flat: Float32Array): void {
    tree.dispose(this.#weights);
    this.#embeddings = flat.slice(...this.#embeddingRange);
    this.#weights = this.#named((start, end) => np.array(flat.slice(start, end)));
  }

  /** Writes the gradient of the summed loss of these rows into a flat vector. */
  gradient(rows: PackedRows, into: Float32Array): LossSum {
    const lookups = new Float32Array(this.#embeddings.length);
    let sums = this.#named((from, to) => np.zeros([to - from]));
    let [loss, learnt] = [0, 0];
    for (const batch of batchesOf(sequencesOf(rows), rows.context)) {
      const { given, targets, count } = this.#arrays.make(batch, this.#embeddings);
      const [batchLoss, nextSums, slopes] = this.#gradientStep(sums, tree.ref(this.#weights), given, targets);
      sums = nextSums;
      loss += batchLoss.dataSync()[0] ?? 0;
      learnt += count;
      this.#addLookups(batch, slopes.dataSync(), lookups);
    }
    for (const { name, start } of this.#layout.parts) into.set(sums[name]?.dataSync() ?? [], start);
    const [start] = this.#embeddingRange;
    for (let index = 0; index < lookups.length; index++) into[start + index]! += lookups[index]!;
    return { loss, learnt };
  }

  /** The summed loss of these rows. */
  loss(rows: PackedRows): LossSum {
    let [loss, learnt] = [0, 0];
    for (const batch of batchesOf(sequencesOf(rows), rows.context)) {
      const { given, targets, count } = this.#arrays.make(batch, this.#embeddings);
      loss += this.#lossStep(tree.ref(this.#weights), given, targets).dataSync()[0] ?? 0;
      learnt += count;
    }
    return { loss, learnt };
  }

  #named(make: (start: number, end: number) => JaxArray): NamedArrays {
    const { parts } = this.#layout;
    return Object.fromEntries(
      parts.map(({ name, shape, start, end }) => [name, make(start, end).reshape([...shape])]),
    );
  }

  /** Adds the slopes of looked-up embeddings to their tokens, in the order of the sequences. */
  #addLookups(batch: RowBatch, slopes: ArrayLike<number>, into: Float32Array): void {
    const { hidden_size: hidden } = this.#config;
    eachSequence(batch, ({ tokens }, start) => {
      for (let index = 0; index < tokens.length; index++) {
        const from = (start + index) * hidden;
        const to = (tokens[index] ?? 0) * hidden;
        for (let part = 0; part < hidden; part++) into[to + part]! += slopes[from + part]!;
      }
    });
  }
}

/** Compiles: (sums, weights, given, targets) to the loss, the sums plus its gradient, and the slopes of the embeddings. */
function gradientStep(config: NanoConfig) {
  const step = (
    sums: NamedArrays,
    weights: NamedArrays,
    { embedded, ...places }: TokenRows,
    targets: Targets,
  ): [JaxArray, NamedArrays, JaxArray] => {
    const lossOf = (weights: NamedArrays, embedded: JaxArray): JaxArray => {
      const loss = summedLoss(weights, config, { embedded, ...places }, targets);
      tree.dispose([weights, embedded]);
      return loss;
    };
    const [loss, [slopes, embeddedSlopes]] = valueAndGrad(lossOf, { argnums: [0, 1] })(weights, embedded);
    tree.dispose([places, targets]);
    const nextSums = tree.map((sum: JaxArray, slope: JaxArray) => sum.add(slope), sums, slopes);
    return [loss, nextSums, embeddedSlopes];
  };
  return jit(step);
}

/** Compiles: (weights, given, targets) to the loss. */
function lossStep(config: NanoConfig) {
  return jit((weights: NamedArrays, given: TokenRows, targets: Targets): JaxArray => {
    const loss = summedLoss(weights, config, given, targets);
    tree.dispose([weights, given, targets]);
    return loss;
  });
}
