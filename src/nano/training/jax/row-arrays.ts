import { numpy as np } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import { type Objective, objectiveColumns } from "../objective.ts";
import type { NamedArrays, Targets, TokenRows } from "./model.ts";
import { batchPairs, type RowBatch, type Sequence } from "./repack.ts";

const hiddenBias = -1e9;

/** Turns rows of sequences into the arrays that the model takes. */
export class RowArrays {
  readonly #config: NanoConfig;
  readonly #columns: readonly string[];
  readonly #pairs: boolean;
  /** How far behind a place the token lies that it is to say something of. */
  readonly #ahead: 0 | 1;
  readonly #cosines: Float32Array;
  readonly #sines: Float32Array;

  constructor(config: NanoConfig, objective: Objective = { kind: "likelihood" }) {
    this.#config = config;
    this.#columns = objectiveColumns[objective.kind];
    this.#pairs = objective.kind === "preference";
    this.#ahead = objective.kind === "reward" ? 0 : 1;
    const half = config.head_dim / 2;
    this.#cosines = new Float32Array(config.max_position_embeddings * half);
    this.#sines = new Float32Array(config.max_position_embeddings * half);
    // Here and in double precision, as the sine of jax-js in WebAssembly is only good to 1e-4 at angles of some hundreds.
    for (let index = 0; index < this.#cosines.length; index++) {
      const angle = Math.floor(index / half) * config.rope_theta ** (-(index % half) / half);
      this.#cosines[index] = Math.cos(angle);
      this.#sines[index] = Math.sin(angle);
    }
  }

  /**
   * The arrays of a batch and the number of learnt tokens in it. A sequence has positions from 0 and sees only itself. With
   * pairs, `sequences` says which sequences belong together: the first two, the next two, and so on.
   *
   * @param embeddings `[vocabulary, hidden]`
   */
  make(
    { length, rows }: RowBatch,
    embeddings: Float32Array,
    sequences: readonly Sequence[] = [],
  ): { given: TokenRows; targets: Targets; count: number } {
    const { hidden_size: hidden, head_dim: size } = this.#config;
    const half = size / 2;
    const places = rows.length * length;
    const embedded = new Float32Array(places * hidden);
    const cosine = new Float32Array(places * half);
    const sine = new Float32Array(places * size);
    const bias = new Float32Array(places * length).fill(hiddenBias);
    const next = new Int32Array(places);
    const learnt = new Float32Array(places);
    const columns = this.#columns.map(() => new Float32Array(places));
    const pairs = this.#pairs ? new PairArrays(sequences, rows.flat(), places) : undefined;
    const ahead = this.#ahead;
    let count = 0;
    const fill = (sequence: Sequence, start: number, column: number): void => {
      const { tokens, mask } = sequence;
      pairs?.fill(sequence, start);
      for (let index = 0; index < tokens.length; index++) {
        const place = start + index;
        const token = tokens[index] ?? 0;
        embedded.set(embeddings.subarray(token * hidden, (token + 1) * hidden), place * hidden);
        const sines = this.#sines.subarray(index * half, (index + 1) * half);
        cosine.set(this.#cosines.subarray(index * half, (index + 1) * half), place * half);
        sine.set(
          sines.map((value) => -value),
          place * size,
        );
        sine.set(sines, place * size + half);
        bias.fill(0, place * length + column, place * length + column + index + 1);
        if (index + ahead === tokens.length) continue;
        next[place] = tokens[index + ahead] ?? 0;
        learnt[place] = mask[index + ahead] ?? 0;
        count += mask[index + ahead] ?? 0;
        for (const [which, values] of columns.entries())
          values[place] = sequence.columns?.[which]?.[index + ahead] ?? 0;
      }
    };
    eachSequence({ length, rows }, fill);
    const shape = [rows.length, length];
    const named: NamedArrays = pairs?.arrays() ?? {};
    for (const [which, name] of this.#columns.entries())
      named[name] = np.array(columns[which] ?? new Float32Array()).reshape(shape);
    return {
      given: {
        embedded: np.array(embedded).reshape([...shape, hidden]),
        cosine: np.array(cosine).reshape([...shape, 1, 1, half]),
        sine: np.array(sine).reshape([...shape, 1, 2, half]),
        bias: np.array(bias).reshape([rows.length, 1, length, length]),
      },
      targets: {
        ...named,
        next: np.array(next).reshape(shape),
        learnt: np.array(learnt).reshape(shape),
      },
      count,
    };
  }
}

/** Which tokens of a batch belong to which pair: `pairs` `[tokens, pairs]`, 1 for chosen and -1 for rejected ones. */
class PairArrays {
  readonly #matrix: Float32Array;
  readonly #live = new Float32Array(batchPairs);
  readonly #places: number;
  /** Number in the batch and sign of each of its sequences. */
  readonly #found = new Map<Sequence, { pair: number; sign: 1 | -1 }>();

  constructor(sequences: readonly Sequence[], inBatch: readonly Sequence[], places: number) {
    this.#places = places;
    this.#matrix = new Float32Array(places * batchPairs);
    const wanted = new Set(inBatch);
    for (let index = 0; index < sequences.length; index += 2) {
      const [chosen, rejected] = [sequences[index], sequences[index + 1]];
      if (chosen === undefined || rejected === undefined || !wanted.has(chosen)) continue;
      const pair = this.#found.size / 2;
      this.#live[pair] = 1;
      this.#found.set(chosen, { pair, sign: 1 }).set(rejected, { pair, sign: -1 });
    }
  }

  fill(sequence: Sequence, start: number): void {
    const { pair, sign } = this.#found.get(sequence) ?? { pair: 0, sign: 0 };
    for (let index = 0; index < sequence.tokens.length; index++)
      this.#matrix[(start + index) * batchPairs + pair] = sign;
  }

  arrays(): NamedArrays {
    return {
      pairs: np.array(this.#matrix).reshape([this.#places, batchPairs]),
      live: np.array(this.#live),
    };
  }
}

/** Calls with each sequence of a batch, the place of its first token among all `rows * length`, and its column in its row. */
export function eachSequence(
  { length, rows }: RowBatch,
  visit: (sequence: Sequence, start: number, column: number) => void,
): void {
  for (const [row, sequences] of rows.entries()) {
    let column = 0;
    for (const sequence of sequences) {
      visit(sequence, row * length + column, column);
      column += sequence.tokens.length;
    }
  }
}
