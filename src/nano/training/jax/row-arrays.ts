import { numpy as np } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import type { Targets, TokenRows } from "./model.ts";
import type { RowBatch, Sequence } from "./repack.ts";

const hiddenBias = -1e9;

/** Turns rows of sequences into the arrays that the model takes. */
export class RowArrays {
  readonly #config: NanoConfig;
  readonly #cosines: Float32Array;
  readonly #sines: Float32Array;

  constructor(config: NanoConfig) {
    this.#config = config;
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
   * The arrays of a batch and the number of learnt tokens in it. A sequence has positions from 0 and sees only itself.
   *
   * @param embeddings `[vocabulary, hidden]`
   */
  make(
    { length, rows }: RowBatch,
    embeddings: Float32Array,
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
    let count = 0;
    const fill = ({ tokens, mask }: Sequence, start: number, column: number): void => {
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
        if (index + 1 === tokens.length) continue;
        next[place] = tokens[index + 1] ?? 0;
        learnt[place] = mask[index + 1] ?? 0;
        count += mask[index + 1] ?? 0;
      }
    };
    eachSequence({ length, rows }, fill);
    const shape = [rows.length, length];
    return {
      given: {
        embedded: np.array(embedded).reshape([...shape, hidden]),
        cosine: np.array(cosine).reshape([...shape, 1, 1, half]),
        sine: np.array(sine).reshape([...shape, 1, 2, half]),
        bias: np.array(bias).reshape([rows.length, 1, length, length]),
      },
      targets: { next: np.array(next).reshape(shape), learnt: np.array(learnt).reshape(shape) },
      count,
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
