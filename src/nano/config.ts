import { z } from "zod";

/**
 * The shape of a nano model in the words of Hugging Face's `LlamaForCausalLM`: the parsed `config.json` of a checkpoint.
 * Only what our forward passes implement is accepted: tied embeddings, no biases, as many key heads as query heads.
 */
export const nanoConfigSchema = z.object({
  architectures: z.tuple([z.literal("LlamaForCausalLM")]),
  model_type: z.literal("llama"),
  hidden_size: z.number().int().positive(),
  intermediate_size: z.number().int().positive(),
  num_hidden_layers: z.number().int().positive(),
  num_attention_heads: z.number().int().positive(),
  num_key_value_heads: z.number().int().positive(),
  head_dim: z.number().int().positive(),
  vocab_size: z.number().int().positive(),
  max_position_embeddings: z.number().int().positive(),
  rope_theta: z.number().positive(),
  rms_norm_eps: z.number().positive(),
  hidden_act: z.literal("silu"),
  tie_word_embeddings: z.literal(true),
  attention_bias: z.literal(false),
  mlp_bias: z.literal(false),
  bos_token_id: z.number().int().nullable(),
  eos_token_id: z.number().int(),
  pad_token_id: z.number().int(),
  torch_dtype: z.enum(["float32", "bfloat16"]),
});

/** A parsed `config.json`, see {@link nanoConfigSchema}. */
export type NanoConfig = z.infer<typeof nanoConfigSchema>;

/** What a recipe says about the model's size; the rest of {@link NanoConfig} follows from it. */
export interface ModelSize {
  /** Width of the residual stream. */
  readonly hidden: number;
  readonly layers: number;
  /** Attention heads; `hidden` must be a multiple of twice this number, because rotary positions turn pairs. */
  readonly heads: number;
  /** Width inside the SwiGLU feed-forward part. */
  readonly intermediate: number;
  /** Most tokens of one question, thought and answer. */
  readonly context: number;
  /** Base of the rotary position angles. */
  readonly ropeTheta: number;
}

/** The configuration of a model of a size for a vocabulary with the given special token ids. Weights are float32. */
export function configOf(
  size: ModelSize,
  vocabulary: number,
  special: { end: number; pad: number },
): NanoConfig {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_size: size.hidden,
    intermediate_size: size.intermediate,
    num_hidden_layers: size.layers,
    num_attention_heads: size.heads,
    num_key_value_heads: size.heads,
    head_dim: size.hidden / size.heads,
    vocab_size: vocabulary,
    max_position_embeddings: size.context,
    rope_theta: size.ropeTheta,
    rms_norm_eps: 1e-5,
    hidden_act: "silu",
    tie_word_embeddings: true,
    attention_bias: false,
    mlp_bias: false,
    bos_token_id: null,
    eos_token_id: special.end,
    pad_token_id: special.pad,
    torch_dtype: "float32",
  };
}

/** Name and shape of every tensor of a model, in the fixed order in which they are initialised and written. */
export function tensorShapes(config: NanoConfig): Map<string, number[]> {
  const { hidden_size: hidden, intermediate_size: inner } = config;
  const shapes = new Map<string, number[]>([["model.embed_tokens.weight", [config.vocab_size, hidden]]]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}.`;
    shapes.set(`${prefix}input_layernorm.weight`, [hidden]);
    for (const part of ["q", "k", "v", "o"])
      shapes.set(`${prefix}self_attn.${part}_proj.weight`, [hidden, hidden]);
    shapes.set(`${prefix}post_attention_layernorm.weight`, [hidden]);
    shapes.set(`${prefix}mlp.gate_proj.weight`, [inner, hidden]);
    shapes.set(`${prefix}mlp.up_proj.weight`, [inner, hidden]);
    shapes.set(`${prefix}mlp.down_proj.weight`, [hidden, inner]);
  }
  return shapes.set("model.norm.weight", [hidden]);
}

/** How many numbers a model of this configuration learns; the tied output layer counts once. */
export function parameterCount(config: NanoConfig): number {
  let count = 0;
  for (const shape of tensorShapes(config).values())
    count += shape.reduce((product, size) => product * size, 1);
  return count;
}
