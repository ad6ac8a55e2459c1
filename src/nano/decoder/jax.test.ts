import { init, nn, numpy as np } from "@jax-js/jax";
import { expect, test } from "vitest";
import type { Model } from "../checkpoint.ts";
import { KernelMemory } from "./kernels.ts";
import { Nano } from "./nano.ts";
import { randomModel } from "./random-model.ts";

const sizes = [
  { hidden: 64, layers: 2, heads: 2, intermediate: 168, context: 128, ropeTheta: 10_000 },
  { hidden: 160, layers: 4, heads: 5, intermediate: 448, context: 512, ropeTheta: 10_000 },
  { hidden: 96, layers: 3, heads: 6, intermediate: 256, context: 64, ropeTheta: 1000 },
];

test.each(sizes)(
  "agrees with a forward pass in jax-js to 1e-4: $hidden wide, $layers layers",
  async (size) => {
    const model = randomModel(size, 9, 512);
    const tokens = Array.from({ length: Math.min(size.context, 150) }, (_, index) => (index * 37) % 512);
    const expected = await jaxForward(model, tokens);
    const rows = new Nano(await KernelMemory.load(), model).logits(tokens);
    expect(rows).toHaveLength(tokens.length);
    let difference = 0;
    for (const [position, row] of rows.entries()) {
      for (const [token, logit] of row.entries()) {
        difference = Math.max(difference, Math.abs(logit - (expected[position * 512 + token] ?? Number.NaN)));
      }
    }
    expect(difference).toBeLessThan(1e-4);
  },
);

/** All logits [tokens][vocabulary] of one sequence. In jax-js an array is moved where it is used; `ref` keeps it. */
async function jaxForward({ config, weights }: Model, tokens: readonly number[]): Promise<ArrayLike<number>> {
  await init("wasm");
  const length = tokens.length;
  const { num_attention_heads: heads, head_dim: width, vocab_size: vocabulary } = config;
  const weight = (name: string) => {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new RangeError(name);
    return np.array(tensor.data).reshape([...tensor.shape]);
  };
  const times = (x: np.Array, name: string) => np.matmul(x, weight(name).transpose([1, 0]));
  const norm = (x: np.Array, name: string) => {
    const mean = np.mean(np.square(x.ref), -1, { keepdims: true }).add(config.rms_norm_eps);
    return x.mul(np.reciprocal(np.sqrt(mean))).mul(weight(name));
  };
  // Angles in double precision: the sine of jax-js is good to 1e-4 alone at angles of some hundreds.
  const table = (turn: (angle: number) => number) => {
    const numbers = Float32Array.from({ length: length * width }, (_, index) => {
      const pair = (index % width) % (width / 2);
      return turn(Math.floor(index / width) * config.rope_theta ** ((-2 * pair) / width));
    });
    return np.array(numbers).reshape([1, length, width]);
  };
  const perHead = (x: np.Array) => x.reshape([length, heads, width]).transpose([1, 0, 2]);
  const turn = (x: np.Array) => {
    const [first, second] = np.split(x.ref, 2, -1);
    if (first === undefined || second === undefined) throw new RangeError("an odd head");
    const turned = np.concatenate([second.mul(-1), first], -1);
    return x.mul(table(Math.cos)).add(turned.mul(table(Math.sin)));
  };
  const mask = () => np.tri(length, length).sub(1).mul(1e9);
  const embedding = "model.embed_tokens.weight";
  let stream = np.matmul(nn.oneHot(np.array(Int32Array.from(tokens)), vocabulary), weight(embedding));
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}.`;
    const x = norm(stream.ref, `${prefix}input_layernorm.weight`);
    const query = turn(perHead(times(x.ref, `${prefix}self_attn.q_proj.weight`)));
    const key = turn(perHead(times(x.ref, `${prefix}self_attn.k_proj.weight`)));
    const value = perHead(times(x, `${prefix}self_attn.v_proj.weight`));
    const scores = np.matmul(query, key.transpose([0, 2, 1])).mul(1 / Math.sqrt(width));
    const attended = np.matmul(nn.softmax(scores.add(mask()), -1), value);
    const joined = attended.transpose([1, 0, 2]).reshape([length, heads * width]);
    stream = stream.add(times(joined, `${prefix}self_attn.o_proj.weight`));
    const y = norm(stream.ref, `${prefix}post_attention_layernorm.weight`);
    const gate = nn.silu(times(y.ref, `${prefix}mlp.gate_proj.weight`));
    const gated = gate.mul(times(y, `${prefix}mlp.up_proj.weight`));
    stream = stream.add(times(gated, `${prefix}mlp.down_proj.weight`));
  }
  return times(norm(stream, "model.norm.weight"), embedding).data();
}
