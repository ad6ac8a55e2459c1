import { beforeAll, describe, expect, it, test } from "vitest";
import { processorTime } from "../../../test/support/processor-time.ts";
import { type EngineMaker, loadAlgebraEngine } from "./algebra-engine.ts";

let engineOf: EngineMaker;
beforeAll(async () => {
  engineOf = await loadAlgebraEngine();
});

test.each([
  ["\\tan^2(t)+1", "\\sec^2(t)"],
  ["2\\tan^2(t)+2", "2\\sec^2(t)"],
  ["\\cos^2 t", "1-\\sin^2 t"],
  ["\\sin(x+y)", "\\sin x\\cos y+\\cos x\\sin y"],
  ["\\cos 2x", "1-2\\sin^2 x"],
  ["\\ln(xy)", "\\ln x+\\ln y"],
  ["\\ln 8", "3\\ln 2"],
  ["\\sqrt{2}+\\sqrt{3}", "\\sqrt{5+2\\sqrt{6}}"],
  ["\\arctan 1", "\\frac{\\pi}{4}"],
  ["\\cos 36^\\circ", "\\frac{1+\\sqrt5}{4}"],
])("%s is proved to be %s", (a, b) => {
  expect(engineOf()(a, b)).toBe(true);
});

describe("no proof", () => {
  test.each([
    ["\\sin(1)", "\\sin(1.00000000001)"],
    ["\\ln(2)", "\\ln(2.0000000000000001)"],
    ["\\sin(10^{-9})", "10^{-9}"],
    ["\\sin(10^{-90})", "0"],
    ["\\arctan(1)+10^{-12}", "\\frac{\\pi}{4}"],
    ["\\sqrt{5+2.00000000001\\sqrt{6}}", "\\sqrt{2}+\\sqrt{3}"],
    ["\\sin x", "\\sin(x+10^{-12})"],
    ["\\sin x", "\\cos x"],
  ])("is there of what is only nearly equal: %s and %s", (a, b) => {
    expect(engineOf()(a, b)).toBe(false);
  });

  it("is there of what cannot be read or is too long", () => {
    expect(engineOf()("\\frac{1", "1")).toBe(false);
    expect(engineOf()(`0${"+x".repeat(200)}`, "200x")).toBe(false);
  });

  it("is looked for without end: all proofs of one pair share a limit", async () => {
    const power = (tangent: string) => `(\\sin x+\\cos x+${tangent}+1)^{29}`;
    const hard = [power("\\tan x"), power("\\frac{\\sin x}{\\cos x}")] as const;
    const engine = engineOf();
    expect(engine("\\ln 8", "3\\ln 2")).toBe(true);
    expect(engine(...hard)).toBe(false);
    // Nothing is left of the time, so that even what is easy is not tried any more.
    expect(await processorTime(() => engine("\\ln 27", "3\\ln 3"), 20)).toBeLessThan(20);
    expect(engine("\\ln 27", "3\\ln 3")).toBe(false);
    expect(engineOf()("\\ln 27", "3\\ln 3")).toBe(true);
  });
});
