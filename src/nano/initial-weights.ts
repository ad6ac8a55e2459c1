import { Random } from "../thought/random.ts";
import { type NanoConfig, tensorShapes } from "./config.ts";
import type { FloatTensor } from "./safetensors.ts";

/** Standard deviation of embeddings at the start: small enough that the tied output layer begins near uniform. */
const embeddingDeviation = 0.05;

/**
 * The weights that training starts from, the same for every engine: norms at one, matrices normal with variance
 * 1 / fan-in, and those that write into the residual stream smaller by sqrt(2 layers), as in GPT-2.
 */
export function initialWeights(config: NanoConfig, seed: number): Map<string, FloatTensor> {
  const root = new Random(`initial-weights/${seed}`);
  const weights = new Map<string, FloatTensor>();
  for (const [name, shape] of tensorShapes(config)) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (shape.length === 1) data.fill(1);
    else fillNormal(data, deviationOf(name, shape, config), root.fork(name));
    weights.set(name, { shape, data });
  }
  return weights;
}

function deviationOf(name: string, shape: readonly number[], config: NanoConfig): number {
  if (name.includes("embed_tokens")) return embeddingDeviation;
  const deviation = (shape[1] ?? 1) ** -0.5;
  const writes = name.includes("o_proj") || name.includes("down_proj");
  return writes ? deviation / Math.sqrt(2 * config.num_hidden_layers) : deviation;
}

/** Box-Muller, two numbers at a time. */
function fillNormal(data: Float32Array, deviation: number, random: Random): void {
  for (let index = 0; index < data.length; index += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    data[index] = radius * Math.cos(angle);
    if (index + 1 < data.length) data[index + 1] = radius * Math.sin(angle);
  }
}
