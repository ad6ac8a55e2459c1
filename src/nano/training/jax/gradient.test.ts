import { defaultDevice, init } from "@jax-js/jax";
import { beforeAll, expect, test } from "vitest";
import { initialWeights } from "../../initial-weights.ts";
import { copyConfig, copyRows } from "./copy-training.ts";
import { flatLayout, flatten } from "./flat-layout.ts";
import { GradientComputer } from "./gradient.ts";
import { sliceRows } from "./rows.ts";

const layout = flatLayout(copyConfig);
const rows = copyRows(4, 7);
const weights = new Float32Array(layout.size);
const slopes = new Float32Array(layout.size);
let computer: GradientComputer;

beforeAll(async () => {
  await init("wasm");
  defaultDevice("wasm");
  flatten(layout, initialWeights(copyConfig, 11), weights);
  computer = new GradientComputer(copyConfig);
  computer.setWeights(weights);
  computer.gradient(rows, slopes);
}, 120_000);

test("the gradient equals finite differences along it in every weight", { timeout: 120_000 }, () => {
  for (const { name, start, end } of layout.parts) {
    const part = slopes.subarray(start, end);
    const norm = Math.sqrt(part.reduce((sum, slope) => sum + slope * slope, 0));
    expect(norm, name).toBeGreaterThan(0);
    const step = 0.005;
    const lossAt = (sign: number): number => {
      const moved = weights.slice();
      for (let index = start; index < end; index++) moved[index]! += (sign * step * slopes[index]!) / norm;
      computer.setWeights(moved);
      return computer.loss(rows).loss;
    };
    const slope = (lossAt(1) - lossAt(-1)) / (2 * step);
    expect(Math.abs(slope - norm) / norm, name).toBeLessThan(0.01);
  }
});

test("an example's loss does not depend on the examples beside it", { timeout: 120_000 }, () => {
  computer.setWeights(weights);
  const whole = computer.loss(rows);
  const parts = [0, 1, 2, 3].map((row) => computer.loss(sliceRows(rows, row, row + 1)));
  expect(parts.reduce((sum, { learnt }) => sum + learnt, 0)).toBe(whole.learnt);
  const sum = parts.reduce((total, { loss }) => total + loss, 0);
  expect(Math.abs(sum - whole.loss) / whole.loss).toBeLessThan(1e-5);
});

test("learns exactly the marked tokens of each example", () => {
  // Of 24, 20, 14, 10, 9, 8 and 7 tokens: those after the separator.
  expect(computer.loss(rows).learnt).toBe(11 + 9 + 6 + 4 + 4 + 3 + 3);
});
