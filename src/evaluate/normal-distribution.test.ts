import { describe, expect, it } from "vitest";
import { normalCumulative, normalQuantile } from "./normal-distribution.ts";

describe("the normal distribution", () => {
  it("agrees with its tables", () => {
    expect(normalCumulative(0)).toBeCloseTo(0.5, 6);
    expect(normalCumulative(1)).toBeCloseTo(0.8413447, 6);
    expect(normalCumulative(-1.959964)).toBeCloseTo(0.025, 6);
    expect(normalCumulative(-6) / 9.865876e-10).toBeCloseTo(1, 5);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 5);
  });

  it("goes there and back", () => {
    for (let x = -5; x <= 5; x += 0.25) expect(normalQuantile(normalCumulative(x))).toBeCloseTo(x, 6);
  });

  it("ends at ten", () => {
    expect(normalQuantile(0)).toBeCloseTo(-10, 6);
    expect(normalQuantile(1)).toBeLessThanOrEqual(10);
  });
});
