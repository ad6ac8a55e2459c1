import { describe, expect, it } from "vitest";
import { configOf, tensorShapes } from "./config.ts";
import { initialWeights } from "./initial-weights.ts";

const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 128, ropeTheta: 10_000 };
const config = configOf(size, 320, { end: 4, pad: 0 });

describe("initialWeights", () => {
  it("gives the same weights for a seed and others for another", () => {
    expect(initialWeights(config, 1)).toEqual(initialWeights(config, 1));
    expect(initialWeights(config, 1)).not.toEqual(initialWeights(config, 2));
  });

  it("gives every tensor its shape", () => {
    for (const [name, { shape, data }] of initialWeights(config, 1)) {
      expect(shape).toEqual(tensorShapes(config).get(name));
      expect(data.length).toBe(shape.reduce((product, length) => product * length, 1));
    }
  });

  it("scales matrices by their fan-in and those that write into the residual stream less", () => {
    const weights = initialWeights(config, 1);
    const deviation = (name: string) => {
      const { data } = weights.get(name)!;
      return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    };
    expect(deviation("model.layers.0.self_attn.q_proj.weight")).toBeCloseTo(64 ** -0.5, 2);
    expect(deviation("model.layers.0.mlp.down_proj.weight")).toBeCloseTo((96 * 4) ** -0.5, 2);
    expect(weights.get("model.norm.weight")?.data.every((value) => value === 1)).toBe(true);
  });
});
