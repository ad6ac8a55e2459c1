import { defaultDevice, init, numpy as np, tree } from "@jax-js/jax";
import type { Model } from "../../checkpoint.ts";
import { logits, type NamedArrays } from "./model.ts";
import { RowArrays } from "./row-arrays.ts";

/**
 * Next-token logits `[tokens, vocabulary]` of one sequence, flat and row-major, by the forward pass that training
 * differentiates: what other forward passes are compared with.
 */
export async function sequenceLogits(
  { config, weights }: Pick<Model, "config" | "weights">,
  tokens: readonly number[],
): Promise<Float32Array> {
  await init("wasm");
  defaultDevice("wasm");
  const named: NamedArrays = {};
  for (const [name, { data, shape }] of weights) named[name] = np.array(data).reshape([...shape]);
  const sequence = { tokens: Uint16Array.from(tokens), mask: new Uint8Array(tokens.length) };
  const embeddings = weights.get("model.embed_tokens.weight")?.data ?? new Float32Array();
  const batch = { length: tokens.length, rows: [[sequence]] };
  const { given, targets } = new RowArrays(config).make(batch, embeddings);
  const result = logits(named, config, given);
  tree.dispose([named, given, targets]);
  return Float32Array.from(await result.data());
}
