import { createRequire } from "node:module";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { NanoConfig } from "../src/nano/config.ts";
import { initialWeights } from "../src/nano/initial-weights.ts";

// Without the umbrella package, gradients are registered by a module that only a CommonJS resolver can load.
createRequire(import.meta.url)("@tensorflow/tfjs-core/dist/register_all_gradients.js");

/** The optimiser settings of a step, see the recipe. */
interface Settings {
  readonly rate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly clip: number;
}

/**
 * The same model, loss and optimiser step as the jax engine's in TensorFlow.js on its WebAssembly backend, written as its users
 * would: fused softmax and cross-entropy, products with transposed weights, one tidy scope a step. Token embeddings are
 * products with one-hot rows, as the backend has no kernel for the gradient of a lookup.
 */
export class TensorflowTrainer {
  readonly #config: NanoConfig;
  readonly #settings: Settings;
  readonly #weights: ReadonlyMap<string, tf.Variable>;
  readonly #adam: tf.AdamOptimizer;

  private constructor(config: NanoConfig, settings: Settings) {
    this.#config = config;
    this.#settings = settings;
    const shaped = (shape: readonly number[], data: Float32Array) => tf.tensor(data, [...shape], "float32");
    this.#weights = new Map(
      Array.from(initialWeights(config, 1), ([name, { shape, data }]) => [
        name,
        tf.variable(shaped(shape, data), true, name),
      ]),
    );
    this.#adam = tf.train.adam(settings.rate, ...settings.betas, settings.epsilon);
  }

  /** Starts the backend in this thread. */
  static async start(config: NanoConfig, settings: Settings): Promise<TensorflowTrainer> {
    await tf.setBackend("wasm");
    await tf.ready();
    return new TensorflowTrainer(config, settings);
  }

  /** One step on rows of tokens `[rows, length]`, each a sequence of its own, of which all but the first token are learnt. */
  step(tokens: Int32Array, length: number): { loss: number } {
    const variables = [...this.#weights.values()];
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => this.#loss(tokens, length), variables);
      const { rate, weightDecay, clip } = this.#settings;
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((slope) => tf.sum(tf.square(slope)))));
      const scale = tf.minimum(1, tf.div(clip, tf.add(norm, 1e-6)));
      for (const [name, slope] of Object.entries(grads)) grads[name] = tf.mul(slope, scale);
      for (const weight of variables) {
        if (weight.rank > 1) weight.assign(tf.mul(weight, 1 - rate * weightDecay));
      }
      this.#adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      return { loss: value.dataSync()[0] ?? Number.NaN };
    });
  }

  #weight(name: string): tf.Variable {
    const weight = this.#weights.get(`${name}.weight`);
    if (weight === undefined) throw new RangeError(name);
    return weight;
  }

  #loss(tokens: Int32Array, length: number): tf.Scalar {
    const { vocab_size: vocabulary } = this.#config;
    const rows = tokens.length / length;
    const next = tokens.map((_, index) => tokens[index + 1] ?? 0);
    const learnt = Float32Array.from(tokens, (_, index) => ((index + 1) % length === 0 ? 0 : 1));
    const oneHot = (ids: Int32Array) => tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), vocabulary), "float32");
    const logits = this.#logits(oneHot(tokens), rows, length);
    const { MEAN } = tf.Reduction;
    return tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(
      oneHot(next),
      logits,
      tf.tensor1d(learnt),
      0,
      MEAN,
    );
  }

  #logits(oneHot: tf.Tensor, rows: number, length: number): tf.Tensor2D {
    const {
      num_attention_heads: heads,
      head_dim: size,
      hidden_size: hidden,
      num_hidden_layers,
    } = this.#config;
    const project = (x: tf.Tensor, name: string) => tf.matMul(x, this.#weight(name), false, true);
    const [cosine, sine] = this.#rotation(length);
    const bias = tf.tensor2d(
      Float32Array.from({ length: length * length }, (_, at) =>
        at % length > Math.floor(at / length) ? -1e9 : 0,
      ),
      [length, length],
    );
    const rotate = (x: tf.Tensor): tf.Tensor => {
      const [first, second] = tf.split(x, 2, -1);
      if (first === undefined || second === undefined) throw new RangeError("an odd head");
      return tf.add(tf.mul(x, cosine), tf.mul(tf.concat([tf.neg(second), first], -1), sine));
    };
    let x = tf.matMul(oneHot, this.#weight("model.embed_tokens"));
    for (let layer = 0; layer < num_hidden_layers; layer++) {
      const prefix = `model.layers.${layer}`;
      const normed = this.#norm(x, `${prefix}.input_layernorm`);
      const split = (part: string) =>
        tf.transpose(
          tf.reshape(project(normed, `${prefix}.self_attn.${part}_proj`), [rows, length, heads, size]),
          [0, 2, 1, 3],
        );
      const scores = tf.matMul(rotate(split("q")), rotate(split("k")), false, true);
      const shares = tf.softmax(tf.add(tf.mul(scores, size ** -0.5), bias));
      const seen = tf.transpose(tf.matMul(shares, split("v")), [0, 2, 1, 3]);
      x = tf.add(x, project(tf.reshape(seen, [rows * length, hidden]), `${prefix}.self_attn.o_proj`));
      const fed = this.#norm(x, `${prefix}.post_attention_layernorm`);
      const gate = project(fed, `${prefix}.mlp.gate_proj`);
      const inner = tf.mul(tf.mul(gate, tf.sigmoid(gate)), project(fed, `${prefix}.mlp.up_proj`));
      x = tf.add(x, project(inner, `${prefix}.mlp.down_proj`));
    }
    return tf.matMul(this.#norm(x, "model.norm"), this.#weight("model.embed_tokens"), false, true);
  }

  #norm(x: tf.Tensor, name: string): tf.Tensor2D {
    const mean = tf.mean(tf.square(x), -1, true);
    const normed = tf.mul(x, tf.rsqrt(tf.add(mean, this.#config.rms_norm_eps)));
    return tf.mul(normed, this.#weight(name));
  }

  /** Cosines and sines `[length, headSize]`. */
  #rotation(length: number): [tf.Tensor, tf.Tensor] {
    const { head_dim: size, rope_theta: theta } = this.#config;
    const table = (turn: (angle: number) => number) =>
      tf.tensor2d(
        Float32Array.from({ length: length * size }, (_, at) =>
          turn(Math.floor(at / size) * theta ** ((-2 * (at % (size / 2))) / size)),
        ),
        [length, size],
      );
    return [table(Math.cos), table(Math.sin)];
  }
}
