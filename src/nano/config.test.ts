import { describe, expect, it } from "vitest";
import { configOf, nanoConfigSchema, parameterCount, tensorShapes } from "./config.ts";

const size = { hidden: 64, layers: 2, heads: 2, intermediate: 96, context: 128, ropeTheta: 10_000 };
const config = configOf(size, 320, { end: 4, pad: 0 });

describe("configOf", () => {
  it("makes a configuration that its own schema accepts", () => {
    expect(nanoConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it("counts the tied output layer once", () => {
    const layer = 4 * 64 * 64 + 3 * 64 * 96 + 2 * 64;
    expect(parameterCount(config)).toBe(320 * 64 + 2 * layer + 64);
  });

  it("names nine tensors a layer, the embedding and the last norm", () => {
    expect(tensorShapes(config).size).toBe(2 * 9 + 2);
    expect(tensorShapes(config).get("model.layers.1.mlp.down_proj.weight")).toEqual([64, 96]);
  });
});
