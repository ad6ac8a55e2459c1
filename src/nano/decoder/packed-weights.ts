import { InputError } from "../../thought/errors.ts";
import type { Model } from "../checkpoint.ts";
import type { NanoConfig } from "../config.ts";
import type { KernelMemory } from "./kernels.ts";

/** Addresses of one layer's weights. */
interface PackedLayer {
  readonly attentionNorm: number;
  /** Query, key and value beside each other: hidden by 3 hidden. */
  readonly projection: number;
  readonly output: number;
  readonly feedForwardNorm: number;
  /** Gate and up beside each other: hidden by 2 intermediate. */
  readonly gateAndUp: number;
  readonly down: number;
}

/** Addresses of a model's weights in the kernels' memory. */
export interface PackedWeights {
  /** One row a token, as they come. */
  readonly embedding: number;
  readonly layers: readonly PackedLayer[];
  readonly norm: number;
  /** The output layer, which is the embedding again unless the model has another: hidden by outputs. */
  readonly head: number;
  /** How many numbers the output layer gives. */
  readonly outputs: number;
  /** For each position head width / 2 cosines, then as many sines. */
  readonly angles: number;
}

/** Columns of a panel; `kernels.as.ts` has the same number. */
const panel = 8;

/**
 * Copies a model's weights into the kernels' memory in the order in which the kernels read them.
 * Throws {@link InputError} for a model whose sizes do not divide into SIMD vectors.
 */
export function packWeights(memory: KernelMemory, { config, weights, output }: Model): PackedWeights {
  checkSizes(config);
  const { hidden_size: hidden, vocab_size: vocabulary, num_hidden_layers: layerCount } = config;
  const data = (name: string): Float32Array => {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new InputError(`the model has no ${name}: use a whole checkpoint`);
    return tensor.data;
  };
  const layers = Array.from({ length: layerCount }, (_, layer) => {
    const named = (name: string) => data(`model.layers.${layer}.${name}.weight`);
    const projections = ["q", "k", "v"].map((part) => named(`self_attn.${part}_proj`));
    return {
      attentionNorm: memory.store(named("input_layernorm")),
      projection: memory.store(packMatrices(projections, hidden)),
      output: memory.store(packMatrices([named("self_attn.o_proj")], hidden)),
      feedForwardNorm: memory.store(named("post_attention_layernorm")),
      gateAndUp: memory.store(packMatrices([named("mlp.gate_proj"), named("mlp.up_proj")], hidden)),
      down: memory.store(packMatrices([named("mlp.down_proj")], config.intermediate_size)),
    };
  });
  const embedding = data("model.embed_tokens.weight");
  const outputLayer = output ?? embedding;
  return {
    embedding: memory.store(embedding.subarray(0, vocabulary * hidden)),
    layers,
    norm: memory.store(data("model.norm.weight")),
    head: memory.store(packMatrices([outputLayer], hidden)),
    outputs: outputLayer.length / hidden,
    angles: memory.store(rotaryAngles(config)),
  };
}

function checkSizes(config: NanoConfig): void {
  const { hidden_size, intermediate_size, vocab_size, head_dim } = config;
  const sizes = { hidden_size, intermediate_size, vocab_size, head_dim };
  for (const [name, size] of Object.entries(sizes)) {
    if (size % panel !== 0)
      throw new InputError(`nano's decoder needs a ${name} that is a multiple of 8, not ${size}`);
  }
  if (
    config.num_key_value_heads !== config.num_attention_heads ||
    head_dim * config.num_attention_heads !== hidden_size
  ) {
    throw new InputError(
      "nano's decoder needs as many key heads as query heads, together as wide as hidden_size",
    );
  }
}

/** Matrices [outer][inner] beside each other, in panels of 8 outer columns: [outer / 8][inner][8]. */
function packMatrices(matrices: readonly Float32Array[], inner: number): Float32Array {
  const packed = new Float32Array(matrices.reduce((sum, matrix) => sum + matrix.length, 0));
  let target = 0;
  for (const matrix of matrices) {
    for (let block = 0; block < matrix.length; block += panel * inner) {
      for (let i = 0; i < inner; i++) {
        for (let column = 0; column < panel; column++)
          packed[target++] = matrix[block + column * inner + i] ?? 0;
      }
    }
  }
  return packed;
}

function rotaryAngles(config: NanoConfig): Float32Array {
  const half = config.head_dim / 2;
  const angles = new Float32Array(config.max_position_embeddings * 2 * half);
  for (let position = 0; position < config.max_position_embeddings; position++) {
    for (let pair = 0; pair < half; pair++) {
      const angle = position * config.rope_theta ** (-pair / half);
      angles[position * 2 * half + pair] = Math.cos(angle);
      angles[position * 2 * half + half + pair] = Math.sin(angle);
    }
  }
  return angles;
}
