import { lax, nn, numpy as np } from "@jax-js/jax";
import type { NanoConfig } from "../../config.ts";
import { causalAttention } from "./attention.ts";

/** A jax-js array. Every use moves it, that is, gives up one reference; `.ref` takes another one. */
export type JaxArray = np.Array;

/** Weights (or gradients) by their names in a checkpoint; a matrix is `[outputs, inputs]`. */
export type NamedArrays = Record<string, JaxArray>;

/** Rows of tokens as the model takes them. */
export type TokenRows = {
  /** Embeddings of the tokens, float32 `[rows, length, hidden]`. */
  embedded: JaxArray;
  /** Cosines of the rotary angles of each token, float32 `[rows, length, 1, 1, headSize / 2]`. */
  cosine: JaxArray;
  /** Their sines, negative for the first half of a head, float32 `[rows, length, 1, 2, headSize / 2]`. */
  sine: JaxArray;
  /** 0 where a query (third axis) may look at a key (last axis), else a large negative number, float32 `[rows, 1, length, length]`. */
  bias: JaxArray;
};

/** What is to be learnt from {@link TokenRows}: these, and whatever else an objective needs (`losses.ts`). */
export type Targets = NamedArrays & {
  /** The token that follows each, int32 `[rows, length]`. */
  next: JaxArray;
  /** 1 where it is learnt, else 0, float32 `[rows, length]`. */
  learnt: JaxArray;
};

/** `x / rms(x) * weight` over the last axis. */
function rmsNorm(x: JaxArray, weight: JaxArray, epsilon: number): JaxArray {
  const scale = np.reciprocal(np.sqrt(np.mean(np.square(x.ref), -1, { keepdims: true }).add(epsilon)));
  return x.mul(scale).mul(weight);
}

/** `x` times the transpose of a weight matrix. */
function project(x: JaxArray, weight: JaxArray): JaxArray {
  return np.matmul(x, weight.transpose([1, 0]));
}

/**
 * Hidden states `[rows * length, hidden]` after the last norm, what the output layer or a head reads, of the Llama architecture
 * (Touvron et al., 2023), with the numbers of Hugging Face's: rotary positions on the two halves of each head, RMS norm before
 * each block, SwiGLU. Gives up no reference to its arguments.
 */
export function hiddenStates(weights: NamedArrays, config: NanoConfig, given: TokenRows): JaxArray {
  const { hidden_size: hidden, num_attention_heads: heads, head_dim: size, rms_norm_eps: epsilon } = config;
  const [rows = 0, length = 0] = given.embedded.shape;
  const tokens = rows * length;
  const weight = (name: string): JaxArray => weightNamed(weights, `${name}.weight`);
  const rotate = (x: JaxArray): JaxArray => {
    const halves = x.reshape([rows, length, heads, 2, size / 2]);
    const turned = np.flip(halves.ref, 3).mul(given.sine.ref);
    return halves.mul(given.cosine.ref).add(turned).reshape([rows, length, heads, size]);
  };
  let x = given.embedded.ref.reshape([tokens, hidden]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const of = (name: string): JaxArray => weight(`model.layers.${layer}.${name}`);
    const normed = rmsNorm(x.ref, of("input_layernorm"), epsilon);
    const split = (name: string): JaxArray =>
      project(normed.ref, of(`self_attn.${name}_proj`)).reshape([rows, length, heads, size]);
    const query = rotate(split("q")).transpose([0, 2, 1, 3]);
    const key = rotate(split("k")).transpose([0, 2, 3, 1]);
    const value = split("v").transpose([0, 2, 1, 3]);
    normed.dispose();
    const seen = causalAttention(query, key, value, given.bias);
    const mixed = seen.transpose([0, 2, 1, 3]).reshape([tokens, hidden]);
    x = x.add(project(mixed, of("self_attn.o_proj")));
    const fed = rmsNorm(x.ref, of("post_attention_layernorm"), epsilon);
    const gate = project(fed.ref, of("mlp.gate_proj"));
    const up = project(fed, of("mlp.up_proj"));
    x = x.add(project(nn.silu(gate).mul(up), of("mlp.down_proj")));
  }
  return rmsNorm(x, weight("model.norm"), epsilon);
}

/** Another reference to a weight. Throws where there is none of that name. */
export function weightNamed(weights: NamedArrays, name: string): JaxArray {
  const found = weights[name];
  if (found === undefined) throw new Error(`no weight ${name}`);
  return found.ref;
}

/**
 * Next-token logits `[rows * length, vocabulary]`: the hidden states times the tied embeddings. Gives up no reference to its
 * arguments.
 */
export function logits(weights: NamedArrays, config: NanoConfig, given: TokenRows): JaxArray {
  return project(hiddenStates(weights, config, given), weightNamed(weights, "model.embed_tokens.weight"));
}

/**
 * How unlikely the token behind each token is: minus its log-probability (nats), `[rows * length]`. Gives up no reference to
 * its arguments.
 */
export function surprises(
  weights: NamedArrays,
  config: NanoConfig,
  given: TokenRows,
  { next }: Pick<Targets, "next">,
): JaxArray {
  const scores = logits(weights, config, given);
  const [tokens = 0] = scores.shape;
  const largest = lax.stopGradient(np.max(scores.ref, -1, { keepdims: true }));
  const shifted = scores.sub(largest);
  const target = nn.oneHot(next.ref.reshape([tokens]), config.vocab_size);
  const chosen = np.sum(shifted.ref.mul(target), -1);
  return np.log(np.sum(np.exp(shifted), -1)).sub(chosen);
}
