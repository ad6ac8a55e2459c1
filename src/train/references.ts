import { logProbabilities } from "../nano/decoder/log-probabilities.ts";
import type { Nano } from "../nano/decoder/nano.ts";
import type { ExampleTokens } from "../nano/training/example-rows.ts";

/** Log-probabilities by a frozen model, as a column of each sequence; each is computed once, when it is first asked for. */
export class References {
  readonly #nano: Nano;
  readonly #known = new WeakMap<ExampleTokens, Float32Array>();

  constructor(nano: Nano) {
    this.#nano = nano;
  }

  /** By how much the frozen model expects each token of a sequence, see {@link logProbabilities}. */
  of(example: ExampleTokens): Float32Array {
    const known = this.#known.get(example) ?? logProbabilities(this.#nano, example.ids);
    this.#known.set(example, known);
    return known;
  }

  /** Sequences with this as their only column. */
  readonly ofAll = (examples: readonly ExampleTokens[]): ExampleTokens[] =>
    examples.map((example) => ({ ...example, columns: [this.of(example)] }));
}
