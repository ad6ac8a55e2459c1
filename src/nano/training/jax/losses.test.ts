import { defaultDevice, init } from "@jax-js/jax";
import { beforeAll, expect, test } from "vitest";
import { Random } from "../../../thought/random.ts";
import { configOf } from "../../config.ts";
import { initialWeights } from "../../initial-weights.ts";
import { type ExampleTokens, exampleRows } from "../example-rows.ts";
import { type Objective, objectiveColumns } from "../objective.ts";
import { doubleLoss } from "./double-model.ts";
import { flatLayout, flatten } from "./flat-layout.ts";
import { GradientComputer } from "./gradient.ts";

const size = { hidden: 16, layers: 2, heads: 2, intermediate: 24, context: 16, ropeTheta: 100 };
const config = configOf(size, 32, { end: 4, pad: 0 });
const random = new Random("losses");
const between = (low: number, high: number): number => low + (high - low) * random.next();

/** What each column of an objective holds: logarithms of a probability of about 1 in 32, advantages, weights, labels. */
const drawn: Record<string, () => number> = {
  reference: () => between(-4, -3),
  before: () => between(-4, -3),
  advantage: () => between(-2, 2),
  weight: () => between(0.1, 0.3),
  label: () => random.next(),
};
const examplesFor = ({ kind }: Objective): ExampleTokens[] =>
  [12, 9, 16, 7].map((length) => ({
    ids: Array.from({ length }, () => random.integer(0, 31)),
    learnt: Array.from({ length }, (_, index): 0 | 1 => (index > 3 && random.chance(0.8) ? 1 : 0)),
    columns: objectiveColumns[kind].map((name) => Array.from({ length }, () => drawn[name]?.() ?? 0)),
  }));

beforeAll(async () => {
  await init("wasm");
  defaultDevice("wasm");
}, 60_000);

test.each([
  { kind: "likelihood" },
  { kind: "preference", beta: 0.3 },
  { kind: "policy", clip: 0.2, klWeight: 0.05 },
  { kind: "reward" },
] satisfies Objective[])(
  "the loss $kind and its gradient agree with double precision, along every weight and at random",
  { timeout: 60_000 },
  (objective) => {
    const layout = flatLayout(config, objective);
    const weights = Float32Array.from({ length: layout.size }, () => between(-0.3, 0.3));
    flatten(layout, initialWeights(config, 3), weights);
    const examples = examplesFor(objective);
    const slopes = new Float32Array(layout.size);
    const computer = new GradientComputer(config, objective);
    computer.setWeights(weights);
    const { loss } = computer.gradient(exampleRows(examples, size.context), slopes);
    const exactAt = (moved: Float64Array): number =>
      doubleLoss({ layout, config, objective }, moved, examples);
    const exact = exactAt(Float64Array.from(weights));
    expect(Math.abs(loss - exact)).toBeLessThan(1e-4 * Math.abs(exact));

    const slopeAlong = (direction: Float64Array): number => {
      const step = 1e-5;
      const at = (sign: number) =>
        exactAt(direction.map((value, index) => (weights[index] ?? 0) + sign * step * value));
      return (at(1) - at(-1)) / (2 * step);
    };
    for (const { name, start, end } of layout.parts) {
      const part = slopes.subarray(start, end);
      const norm = Math.hypot(...part);
      expect(norm, name).toBeGreaterThan(0);
      const along = new Float64Array(layout.size);
      along.set(
        part.map((slope) => slope / norm),
        start,
      );
      expect(Math.abs(slopeAlong(along) - norm) / norm, name).toBeLessThan(1e-3);
    }
    for (let draw = 0; draw < 3; draw++) {
      const along = Float64Array.from(slopes, () => between(-1, 1));
      const ours = slopes.reduce((sum, slope, index) => sum + slope * (along[index] ?? 0), 0);
      const scale = Math.hypot(...slopes) * Math.hypot(...along) * 0.05;
      expect(Math.abs(slopeAlong(along) - ours) / Math.max(scale, Math.abs(ours))).toBeLessThan(1e-3);
    }
  },
);
