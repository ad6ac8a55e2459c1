import { expect, test } from "vitest";
import { adamStep, meanGradient } from "./adam.ts";
import { copyRecipe } from "./copy-training.ts";
import { learningRate } from "./schedule.ts";

const layout = {
  size: 3,
  parts: [
    { name: "matrix", shape: [1, 2], start: 0, end: 2 },
    { name: "norm", shape: [1], start: 2, end: 3 },
  ],
};
const settings = {
  betas: [0.9, 0.98] as [number, number],
  epsilon: 1e-8,
  weightDecay: 0.1,
  clip: 1,
  rate: 0.1,
};

test("the first step moves every weight by the learning rate against its slope, after matrices have decayed", () => {
  const weights = Float32Array.of(1, -1, 1);
  const moments = { first: new Float32Array(3), second: new Float32Array(3) };
  adamStep(
    layout,
    weights,
    moments,
    { gradient: Float32Array.of(0.3, -0.3, 0.3), norm: 0.52 },
    { ...settings, step: 1 },
  );
  expect(weights[0]).toBeCloseTo(0.99 - 0.1, 5);
  expect(weights[1]).toBeCloseTo(-0.99 + 0.1, 5);
  expect(weights[2]).toBeCloseTo(1 - 0.1, 5);
});

test("a gradient longer than the clip is scaled down to it", () => {
  const moments = { first: new Float32Array(3), second: new Float32Array(3) };
  const gradient = { gradient: Float32Array.of(30, 0, 40), norm: 50 };
  adamStep(layout, new Float32Array(3), moments, gradient, { ...settings, step: 1 });
  expect(moments.first[0]).toBeCloseTo(0.06, 5);
  expect(moments.first[2]).toBeCloseTo(0.08, 5);
});

test("the mean gradient adds shards and divides by the learnt tokens once", () => {
  const { gradient, norm } = meanGradient([Float32Array.of(3, 0), Float32Array.of(3, 16)], 2);
  expect([...gradient]).toEqual([3, 8]);
  expect(norm).toBeCloseTo(Math.sqrt(73), 5);
});

test("the learning rate rises in a line, then falls along a cosine to the final fraction", () => {
  const optimiser = { ...copyRecipe.optimiser, learningRate: 1, warmUpSteps: 4, finalFraction: 0.1 };
  const rates = [0, 1, 3, 4, 12, 20].map((step) => learningRate(optimiser, step, 20));
  expect(rates.map((rate) => Number(rate.toFixed(4)))).toEqual([0.25, 0.5, 1, 1, 0.55, 0.1]);
});
