import { jit, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import { type Objective, objectiveMeasures } from "../objective.ts";
import type { PackedRows } from "../packing.ts";
import { type FlatLayout, flatLayout } from "./flat-layout.ts";
import { type Loss, lossOf } from "./losses.ts";
import type { JaxArray, NamedArrays, Targets, TokenRows } from "./model.ts";
import { batchesOf, pairBatchesOf, type RowBatch, type Sequence, sequencesOf } from "./repack.ts";
import { eachSequence, RowArrays } from "./row-arrays.ts";

const embeddingName = "model.embed_tokens.weight";

/** A loss summed over some units, and how many those were. */
export interface LossSum {
  readonly loss: number;
  /** Learnt tokens; under `preference` pairs, under `policy` samples. */
  readonly learnt: number;
  /** Sums over the same units, as `objectiveMeasures` names them. */
  readonly measures: readonly number[];
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
  readonly #objective: Objective;
  readonly #gradientStep: ReturnType<typeof gradientStep>;
  readonly #lossStep: ReturnType<typeof lossStep>;
  #embeddings: Float32Array = new Float32Array();
  #weights: NamedArrays = {};

  constructor(config: NanoConfig, objective: Objective = { kind: "likelihood" }) {
    this.#config = config;
    this.#objective = objective;
    this.#layout = flatLayout(config, objective);
    const { start = 0, end = 0 } = this.#layout.parts.find(({ name }) => name === embeddingName) ?? {};
    this.#embeddingRange = [start, end];
    this.#arrays = new RowArrays(config, objective);
    const loss = lossOf(objective, config);
    this.#gradientStep = gradientStep(loss);
    this.#lossStep = lossStep(loss);
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
    const total = new Total();
    const { batches, sequences } = this.#batches(rows);
    for (const batch of batches) {
      const { given, targets, count } = this.#arrays.make(batch, this.#embeddings, sequences);
      const [loss, measures, nextSums, slopes] = this.#gradientStep(
        sums,
        tree.ref(this.#weights),
        given,
        targets,
      );
      sums = nextSums;
      total.add(loss, measures, count);
      this.#addLookups(batch, slopes.dataSync(), lookups);
    }
    for (const { name, start } of this.#layout.parts) into.set(sums[name]?.dataSync() ?? [], start);
    const [start] = this.#embeddingRange;
    for (let index = 0; index < lookups.length; index++) into[start + index]! += lookups[index]!;
    return total.sum(this.#objective, sequences);
  }

  /** The summed loss of these rows. */
  loss(rows: PackedRows): LossSum {
    const total = new Total();
    const { batches, sequences } = this.#batches(rows);
    for (const batch of batches) {
      const { given, targets, count } = this.#arrays.make(batch, this.#embeddings, sequences);
      total.add(...this.#lossStep(tree.ref(this.#weights), given, targets), count);
    }
    return total.sum(this.#objective, sequences);
  }

  #batches(rows: PackedRows): { batches: RowBatch[]; sequences: Sequence[] } {
    const sequences = sequencesOf(rows);
    const pack = this.#objective.kind === "preference" ? pairBatchesOf : batchesOf;
    return { batches: pack(sequences, rows.context), sequences };
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

/** Adds up losses, measures and counts of batches. */
class Total {
  #loss = 0;
  #learnt = 0;
  readonly #measures: number[] = [];

  add(loss: JaxArray, measures: JaxArray, learnt: number): void {
    this.#loss += loss.dataSync()[0] ?? 0;
    this.#learnt += learnt;
    for (const [index, value] of measures.dataSync().entries())
      this.#measures[index] = (this.#measures[index] ?? 0) + value;
  }

  sum({ kind }: Objective, sequences: readonly Sequence[]): LossSum {
    const measures = objectiveMeasures[kind].map((_, index) => this.#measures[index] ?? 0);
    const units = { preference: sequences.length / 2, policy: sequences.length };
    const learnt = kind === "preference" || kind === "policy" ? units[kind] : this.#learnt;
    return { loss: this.#loss, learnt, measures };
  }
}

/** Compiles: (sums, weights, given, targets) to loss, measures, the sums plus its gradient, and the slopes of the embeddings. */
function gradientStep(lossFunction: Loss) {
  const step = (
    sums: NamedArrays,
    weights: NamedArrays,
    { embedded, ...places }: TokenRows,
    targets: Targets,
  ): [JaxArray, JaxArray, NamedArrays, JaxArray] => {
    const lossOf = (weights: NamedArrays, embedded: JaxArray): [JaxArray, JaxArray] => {
      const [loss, measures] = lossFunction(weights, { embedded, ...places }, targets);
      tree.dispose([weights, embedded]);
      return [loss, measures];
    };
    const [[loss, measures], [slopes, embeddedSlopes]] = valueAndGrad(lossOf, {
      argnums: [0, 1],
      hasAux: true,
    })(weights, embedded);
    tree.dispose([places, targets]);
    const nextSums = tree.map((sum: JaxArray, slope: JaxArray) => sum.add(slope), sums, slopes);
    return [loss, measures, nextSums, embeddedSlopes];
  };
  return jit(step);
}

/** Compiles: (weights, given, targets) to loss and measures. */
function lossStep(lossFunction: Loss) {
  return jit((weights: NamedArrays, given: TokenRows, targets: Targets): [JaxArray, JaxArray] => {
    const found = lossFunction(weights, given, targets);
    tree.dispose([weights, given, targets]);
    return found;
  });
}
