import { init, jit, nn, numpy as np, tree } from "@jax-js/jax";
import type { Model } from "../src/nano/checkpoint.ts";

/**
 * The decoder one writes with functional arrays, to compare ours with: a key-value cache of fixed length that every
 * step copies with one place changed, positions after the present one masked, the whole step compiled by `jit`.
 *
 * @returns a step that feeds each row a token and reads the logits of all rows back, for positions 0, 1, 2, ...
 */
export async function maskedCacheDecoder({ config, weights }: Model, rows: number, length: number) {
  await init("wasm");
  const { num_attention_heads: heads, head_dim: width, hidden_size: hidden, vocab_size: vocabulary } = config;
  const half = width / 2;
  const parameters: Record<string, np.Array> = {};
  for (const [name, { data, shape }] of weights) parameters[name] = np.array(data).reshape([...shape]);

  const forward = jit(
    (
      named: Record<string, np.Array>,
      keys: np.Array[],
      values: np.Array[],
      tokens: np.Array,
      place: np.Array,
      cosine: np.Array,
      sine: np.Array,
    ) => {
      const weight = (name: string): np.Array => {
        const found = named[`${name}.weight`];
        if (found === undefined) throw new RangeError(name);
        return found.ref;
      };
      const project = (x: np.Array, name: string) => np.matmul(x, weight(name).transpose([1, 0]));
      const norm = (x: np.Array, name: string) => {
        const mean = np.mean(np.square(x.ref), -1, { keepdims: true }).add(config.rms_norm_eps);
        return x.mul(np.reciprocal(np.sqrt(mean))).mul(weight(name));
      };
      const turn = (x: np.Array) => {
        const halves = x.reshape([rows, heads, 2, half]);
        const turned = np.flip(halves.ref, 2).mul(sine.ref);
        return halves.mul(cosine.ref).add(turned).reshape([rows, heads, 1, width]);
      };
      const allowed = np.matmul(place.ref.reshape([1, length]), np.tri(length, length));
      const mask = allowed.sub(1).mul(1e9).reshape([1, 1, length]);
      const here = place.reshape([1, 1, length, 1]);
      const kept = np.subtract(1, here.ref);
      const newKeys: np.Array[] = [];
      const newValues: np.Array[] = [];
      let x = np.matmul(nn.oneHot(tokens, vocabulary), weight("model.embed_tokens"));
      for (let layer = 0; layer < config.num_hidden_layers; layer++) {
        const prefix = `model.layers.${layer}`;
        const oldKey = keys[layer];
        const oldValue = values[layer];
        if (oldKey === undefined || oldValue === undefined) throw new RangeError("a layer without a cache");
        const y = norm(x.ref, `${prefix}.input_layernorm`);
        const query = turn(project(y.ref, `${prefix}.self_attn.q_proj`));
        const key = turn(project(y.ref, `${prefix}.self_attn.k_proj`));
        const value = project(y, `${prefix}.self_attn.v_proj`).reshape([rows, heads, 1, width]);
        const allKeys = oldKey.mul(kept.ref).add(key.mul(here.ref));
        const allValues = oldValue.mul(kept.ref).add(value.mul(here.ref));
        const scores = np.sum(query.mul(allKeys.ref), -1).mul(1 / Math.sqrt(width));
        const shares = nn.softmax(scores.add(mask.ref), -1).reshape([rows, heads, length, 1]);
        const seen = np.sum(shares.mul(allValues.ref), 2).reshape([rows, hidden]);
        x = x.add(project(seen, `${prefix}.self_attn.o_proj`));
        const z = norm(x.ref, `${prefix}.post_attention_layernorm`);
        const gate = nn.silu(project(z.ref, `${prefix}.mlp.gate_proj`));
        const up = project(z, `${prefix}.mlp.up_proj`);
        x = x.add(project(gate.mul(up), `${prefix}.mlp.down_proj`));
        newKeys.push(allKeys);
        newValues.push(allValues);
      }
      for (const used of [mask, here, kept, cosine, sine]) used.dispose();
      return [project(norm(x, "model.norm"), "model.embed_tokens"), newKeys, newValues] as const;
    },
  );

  const empty = () =>
    Array.from({ length: config.num_hidden_layers }, () => np.zeros([rows, heads, length, width]));
  let keys = empty();
  let values = empty();
  let position = 0;
  return async (tokens: readonly number[]): Promise<ArrayLike<number>> => {
    const place = new Float32Array(length);
    place[position] = 1;
    const angles = Array.from({ length: half }, (_, pair) => position * config.rope_theta ** (-pair / half));
    const cosine = np.array(Float32Array.from(angles, Math.cos)).reshape([1, 1, 1, half]);
    const sines = angles.map(Math.sin);
    const sine = np
      .array(Float32Array.from([...sines.map((value) => -value), ...sines]))
      .reshape([1, 1, 2, half]);
    const ids = np.array(Int32Array.from(tokens));
    const [logits, newKeys, newValues] = forward(
      tree.ref(parameters),
      keys,
      values,
      ids,
      np.array(place),
      cosine,
      sine,
    );
    keys = newKeys;
    values = newValues;
    position++;
    return logits.data();
  };
}
