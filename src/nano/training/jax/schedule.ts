import type { Recipe } from "../recipe.ts";

/** The learning rate of a step (from 0) of `steps`: a linear warm-up, then a cosine down to `finalFraction` of the peak. */
export function learningRate(optimiser: Recipe["optimiser"], step: number, steps: number): number {
  const { learningRate: peak, warmUpSteps, finalFraction } = optimiser;
  if (step < warmUpSteps) return (peak * (step + 1)) / warmUpSteps;
  const done = Math.min(1, (step - warmUpSteps) / Math.max(1, steps - warmUpSteps));
  return peak * (finalFraction + ((1 - finalFraction) * (1 + Math.cos(Math.PI * done))) / 2);
}
