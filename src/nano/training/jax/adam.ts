import type { Recipe } from "../recipe.ts";
import type { FlatLayout } from "./flat-layout.ts";

/** First and second moments of the gradient, in the layout of the weights. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * The mean gradient: the gradients of the logical shards, each a sum over its tokens, added in the order given and divided by
 * the number of learnt tokens once. In place in the first of them; returns its norm over all weights.
 */
export function meanGradient(
  gradients: readonly Float32Array[],
  learnt: number,
): { gradient: Float32Array; norm: number } {
  const [gradient = new Float32Array(), ...others] = gradients;
  for (const other of others) {
    for (let index = 0; index < gradient.length; index++) gradient[index]! += other[index]!;
  }
  let squares = 0;
  for (let index = 0; index < gradient.length; index++) {
    const value = Math.fround(gradient[index]! / learnt);
    gradient[index] = value;
    squares += value * value;
  }
  return { gradient, norm: Math.sqrt(squares) };
}

/**
 * One step of AdamW (Loshchilov and Hutter, 2019) in place, with the gradient scaled down to the norm `clip` if it is longer.
 * Matrices, embeddings included, decay; norm weights do not.
 *
 * @param step from 1, for the correction of the moments' bias
 */
export function adamStep(
  layout: FlatLayout,
  weights: Float32Array,
  moments: Moments,
  { gradient, norm }: { gradient: Float32Array; norm: number },
  settings: Pick<Recipe["optimiser"], "betas" | "epsilon" | "weightDecay" | "clip"> & {
    rate: number;
    step: number;
  },
): void {
  const { betas, epsilon, weightDecay, clip, rate, step } = settings;
  const [beta1, beta2] = betas;
  const { first, second } = moments;
  const scale = Math.min(1, clip / (norm + 1e-6));
  const stride = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  for (const { shape, start, end } of layout.parts) {
    const keep = shape.length > 1 ? 1 - rate * weightDecay : 1;
    for (let index = start; index < end; index++) {
      const slope = gradient[index]! * scale;
      const mean = Math.fround(beta1 * first[index]! + (1 - beta1) * slope);
      const square = Math.fround(beta2 * second[index]! + (1 - beta2) * slope * slope);
      first[index] = mean;
      second[index] = square;
      weights[index] = weights[index]! * keep - (stride * mean) / (Math.sqrt(square) * correction + epsilon);
    }
  }
}
