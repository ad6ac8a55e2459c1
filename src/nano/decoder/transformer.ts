import type { Model } from "../checkpoint.ts";
import type { NanoConfig } from "../config.ts";
import type { KernelMemory } from "./kernels.ts";
import { type PackedWeights, packWeights } from "./packed-weights.ts";
import { pageTokens } from "./page-pool.ts";

/** Consecutive tokens of one sequence that one pass computes. */
export interface Span {
  readonly tokens: readonly number[];
  /** Position of the first of them; all before it are in the cache. */
  readonly position: number;
  /** Page addresses from position 0 to the last token's. */
  readonly pages: readonly number[];
  /** Which tokens' logits are wanted. */
  readonly logits: "last" | "all" | "none";
}

/** Addresses of the buffers between kernels, each with a row a token. */
interface Buffers {
  readonly stream: number;
  readonly normalized: number;
  readonly projected: number;
  readonly attended: number;
  readonly gateAndUp: number;
  readonly gated: number;
  readonly logits: number;
  readonly scores: number;
  /** For each row its position and the address of its page list. */
  readonly places: number;
  readonly pageLists: number;
}

/** The forward pass of a Llama model over rows of any sequences; see `kernels.as.ts` for why rows never interact. */
export class Transformer {
  readonly config: NanoConfig;
  /** Most tokens of one pass. */
  readonly maxRows: number;
  readonly #memory: KernelMemory;
  readonly #weights: PackedWeights;
  readonly #buffers: Buffers;
  /** The longest context in whole pages. */
  readonly #context: number;

  /** @param maxRows most tokens of one pass, a multiple of 4 */
  constructor(memory: KernelMemory, model: Model, maxRows: number) {
    this.config = model.config;
    this.maxRows = maxRows;
    this.#memory = memory;
    this.#weights = packWeights(memory, model);
    this.#buffers = allocateBuffers(memory, model.config, maxRows, this.#weights.outputs);
    this.#context = Math.ceil(model.config.max_position_embeddings / pageTokens) * pageTokens;
  }

  /**
   * Computes the spans' tokens, leaving their keys and values in their pages, and returns the wanted logits, one array
   * of the vocabulary's size for each in the order of the spans. They are valid until the next pass.
   * Throws a RangeError for more than {@link maxRows} tokens.
   */
  forward(spans: readonly Span[]): Float32Array[] {
    const rows = this.#place(spans);
    if (rows === 0) return [];
    this.#weights.layers.forEach((_, layer) => {
      this.#attend(layer, rows);
      this.#feedForward(layer, rows);
    });
    return this.#logits(spans);
  }

  /** Writes the rows' embeddings, positions and page lists, and returns how many rows there are. */
  #place(spans: readonly Span[]): number {
    const { hidden_size: hidden, max_position_embeddings: context } = this.config;
    const { stream, places, pageLists } = this.#buffers;
    const { floats, integers } = this.#memory;
    let row = 0;
    let list = pageLists / 4;
    for (const { tokens, position, pages } of spans) {
      if (row + tokens.length > this.maxRows) throw new RangeError(`a pass takes ${this.maxRows} tokens`);
      if (position + tokens.length > context) throw new RangeError(`a sequence holds ${context} tokens`);
      integers.set(pages, list);
      tokens.forEach((token, index) => {
        const from = this.#weights.embedding / 4 + token * hidden;
        floats.copyWithin(stream / 4 + row * hidden, from, from + hidden);
        integers[places / 4 + 2 * row] = position + index;
        integers[places / 4 + 2 * row + 1] = list * 4;
        row++;
      });
      list += pages.length;
    }
    return row;
  }

  #attend(layer: number, rows: number): void {
    const { hidden_size: hidden, head_dim: headWidth, rms_norm_eps: epsilon } = this.config;
    const { stream, normalized, projected, places, attended, scores } = this.#buffers;
    const { kernels } = this.#memory;
    const weights = this.#layer(layer);
    const page = layer * pageTokens * 2 * hidden * 4;
    kernels.normalize(stream, weights.attentionNorm, normalized, rows, hidden, epsilon);
    kernels.multiply(normalized, weights.projection, projected, rows, hidden, 3 * hidden, false);
    kernels.rotate(projected, places, this.#weights.angles, rows, hidden, headWidth);
    kernels.remember(projected, places, page, rows, hidden, headWidth);
    kernels.attend(projected, places, page, attended, scores, rows, hidden, headWidth, this.#context);
    kernels.multiply(attended, weights.output, stream, rows, hidden, hidden, true);
  }

  #feedForward(layer: number, rows: number): void {
    const { hidden_size: hidden, intermediate_size: inner, rms_norm_eps: epsilon } = this.config;
    const { stream, normalized, gateAndUp, gated } = this.#buffers;
    const { kernels } = this.#memory;
    const weights = this.#layer(layer);
    kernels.normalize(stream, weights.feedForwardNorm, normalized, rows, hidden, epsilon);
    kernels.multiply(normalized, weights.gateAndUp, gateAndUp, rows, hidden, 2 * inner, false);
    kernels.gate(gateAndUp, gated, rows, inner);
    kernels.multiply(gated, weights.down, stream, rows, inner, hidden, true);
  }

  #logits(spans: readonly Span[]): Float32Array[] {
    const { hidden_size: hidden, rms_norm_eps: epsilon } = this.config;
    const { outputs } = this.#weights;
    const { stream, normalized, attended, logits } = this.#buffers;
    const { kernels, floats } = this.#memory;
    let row = 0;
    let wanted = 0;
    for (const span of spans) {
      const end = row + span.tokens.length;
      const first = span.logits === "all" ? row : span.logits === "last" ? end - 1 : end;
      floats.copyWithin(
        (attended + wanted * hidden * 4) / 4,
        stream / 4 + first * hidden,
        stream / 4 + end * hidden,
      );
      wanted += end - first;
      row = end;
    }
    if (wanted === 0) return [];
    kernels.normalize(attended, this.#weights.norm, normalized, wanted, hidden, epsilon);
    kernels.multiply(normalized, this.#weights.head, logits, wanted, hidden, outputs, false);
    return Array.from({ length: wanted }, (_, index) => {
      const start = logits / 4 + index * outputs;
      return floats.subarray(start, start + outputs);
    });
  }

  #layer(index: number): PackedWeights["layers"][number] {
    const layer = this.#weights.layers[index];
    if (layer === undefined) throw new RangeError(`there is no layer ${index}`);
    return layer;
  }
}

function allocateBuffers(
  memory: KernelMemory,
  config: NanoConfig,
  maxRows: number,
  outputs: number,
): Buffers {
  const { hidden_size: hidden, intermediate_size: inner } = config;
  const pages = Math.ceil(config.max_position_embeddings / pageTokens);
  return {
    stream: memory.allocate(maxRows * hidden),
    normalized: memory.allocate(maxRows * hidden),
    projected: memory.allocate(maxRows * 3 * hidden),
    attended: memory.allocate(maxRows * hidden),
    gateAndUp: memory.allocate(maxRows * 2 * inner),
    gated: memory.allocate(maxRows * inner),
    logits: memory.allocate(maxRows * outputs),
    scores: memory.allocate(config.num_attention_heads * pages * pageTokens),
    places: memory.allocate(maxRows * 2),
    pageLists: memory.allocate(maxRows * pages),
  };
}
