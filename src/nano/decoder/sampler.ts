import { Random } from "../../thought/random.ts";

/** How one token is chosen out of the model's distribution. */
export interface Sampling {
  /** 0 takes the likeliest token, 1 the model's own distribution. */
  readonly temperature: number;
  /** Draws from the likeliest tokens that together have this probability (nucleus sampling, Holtzman et al. 2020). */
  readonly topP: number;
}

/** A chosen token and its log-probability in the model's own distribution, before temperature and top-p. */
export interface Choice {
  readonly token: number;
  readonly logprob: number;
}

/** The probabilities of some tokens among each other, in their order; they sum to 1. */
export function shareAmong(logits: Float32Array, tokens: readonly number[]): number[] {
  const largest = Math.max(...tokens.map((token) => logits[token] ?? 0));
  const weights = tokens.map((token) => Math.exp((logits[token] ?? 0) - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Chooses tokens for one sample. The draw at a position follows from the key and the position alone, so neither the
 * batch, nor the order of calls, nor a continuation from a later position changes it.
 */
export class Sampler {
  readonly #random: Random;
  readonly #sampling: Sampling;
  readonly #weights: Float64Array;

  /** @param vocabulary token ids from here on are never chosen: the model has rows for them, the tokenizer no text */
  constructor(key: string, sampling: Sampling, vocabulary: number) {
    this.#random = new Random(key);
    this.#sampling = sampling;
    this.#weights = new Float64Array(vocabulary);
  }

  /** Chooses the token at a position (0 is the first of the prompt). */
  choose(logits: Float32Array, position: number): Choice {
    const { temperature, topP } = this.#sampling;
    const weights = this.#weights;
    const best = indexOfLargest(logits, weights.length);
    const total = spread(logits, best, 1, weights);
    let token = best;
    if (temperature > 0) {
      let mass = temperature === 1 ? total : spread(logits, best, temperature, weights);
      if (topP < 1) mass = keepNucleus(weights, topP * mass);
      token = tokenAt(weights, this.#random.fork(position).next() * mass);
    }
    return { token, logprob: (logits[token] ?? 0) - (logits[best] ?? 0) - Math.log(total) };
  }
}

function indexOfLargest(logits: Float32Array, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) {
    if ((logits[index] ?? 0) > (logits[best] ?? 0)) best = index;
  }
  return best;
}

/** Fills in each token's weight, the likeliest having 1, and returns their sum. */
function spread(logits: Float32Array, best: number, temperature: number, weights: Float64Array): number {
  const largest = logits[best] ?? 0;
  let total = 0;
  for (let token = 0; token < weights.length; token++) {
    const weight = Math.exp(((logits[token] ?? 0) - largest) / temperature);
    weights[token] = weight;
    total += weight;
  }
  return total;
}

/** Sets all but the largest weights that together reach `mass` to 0 (of equals the first stays); returns their sum. */
function keepNucleus(weights: Float64Array, mass: number): number {
  const order = Array.from(weights.keys()).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  let kept = 0;
  for (const token of order) {
    if (kept < mass) kept += weights[token] ?? 0;
    else weights[token] = 0;
  }
  return kept;
}

/** The token in whose part of the summed weights a point lies. */
function tokenAt(weights: Float64Array, point: number): number {
  let left = point;
  let last = 0;
  for (let token = 0; token < weights.length; token++) {
    const weight = weights[token] ?? 0;
    if (weight === 0) continue;
    last = token;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}
