import { Random } from "../../thought/random.ts";
import type { Model } from "../checkpoint.ts";
import { configOf, type ModelSize, tensorShapes } from "../config.ts";
import type { FloatTensor } from "../safetensors.ts";
import { Tokenizer } from "../tokenizer.ts";
import { tokenizerFile } from "../tokenizer-file.ts";

const pieces = [
  "larger",
  " larger",
  " is",
  " the",
  " so",
  "tens",
  "ones",
  " 1",
  " 2",
  " 3",
  " =",
  " <",
  " >",
];

/**
 * A model that has learnt nothing, for tests and benchmarks: matrices with variance 1 / fan-in, embeddings large enough
 * that its guesses are far from uniform, norms between 0.5 and 1.5. The vocabulary has `vocabulary` rows, more than the
 * tokenizer uses.
 */
export function randomModel(size: ModelSize, seed: number, vocabulary = 320): Model {
  const tokenizer = new Tokenizer(tokenizerFile(pieces));
  const config = configOf(size, vocabulary, tokenizer.special);
  const weights = new Map<string, FloatTensor>();
  for (const [name, shape] of tensorShapes(config)) {
    const random = new Random(`${seed}/${name}`);
    // Uniform in [-spread, spread] has the variance spread^2 / 3.
    const spread = name.includes("embed_tokens") ? 0.5 : Math.sqrt(3 / (shape[1] ?? 1));
    const number = () => (shape.length === 1 ? 0.5 + random.next() : spread * (2 * random.next() - 1));
    const length = shape.reduce((product, extent) => product * extent, 1);
    weights.set(name, { shape, data: Float32Array.from({ length }, number) });
  }
  return { config, tokenizer, weights };
}
