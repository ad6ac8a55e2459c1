import { describe, expect, it, test } from "vitest";
import { compareLeaf } from "./compare-leaf.ts";
import type { Comparison } from "./verdict.ts";

function comparing(more: Partial<Comparison> = {}): Comparison {
  return {
    ...{ precision: 6, strict: true, allowSetRelations: false, ordered: false, engine: undefined },
    ...{ undecided: false, left: 10, ...more },
  };
}

describe("two single answers", () => {
  test.each([
    ["5", "5", true, "the same text"],
    ["5\\text{ cm}", "5", true, "the same but for signs and units around it"],
    ["5\\text{ cm}", "5\\text{ km}", false, "centimetre is not kilometre"],
    ["5\\text{ cm}^2", "5\\text{ cm}", false, "centimetre^2 is not centimetre"],
    ["25\\text{ cm}^2", "25\\text{ square centimeters}", true, "the same but for signs and units around it"],
    ["(C)", "c", true, "the same letter"],
    ["C", "C. A parabola", true, "the same choice"],
    ["C", "(C) A parabola", true, "the same choice"],
    ["C", "D. C is wrong", false, "the words differ"],
    ["C", "C is wrong", false, "the words differ"],
    ["n!", "n", false, "a power or product is too large to compare"],
    ["f'", "f", false, `the gold answer: cannot read on at "'"`],
    ["\\text{blue}", "BLUE.", true, "the same words"],
    ["\\text{blue}", "blew", false, "the words differ"],
    ["0.5", "\\frac{1}{2}", true, "the same exactly"],
    ["\\frac{1}{3}", "0.333333", true, "the same rounded to 6 places or more"],
    ["\\frac{1}{3}", "0.33333", false, "the values differ"],
    ["12\\%", "0.12", true, "the same as a percentage"],
    ["1+", "1", false, "the gold answer: the expression ends too early"],
    ["1", "1+", false, "the prediction: the expression ends too early"],
    ["\\frac{1}{0}", "1", false, "a division by zero"],
    ["\\sin x", "\\cos x", false, "the values differ"],
    ["9^{9^9}", "9^{9^8}", false, "a power or product is too large to compare"],
  ])("%s and %s: %s, %s", (gold, prediction, equal, reason) => {
    expect(compareLeaf(gold, prediction, comparing())).toEqual({ equal, reason });
  });

  it("are noted as undecided where only the algebra engine could tell, and then it is asked once", () => {
    const without = comparing();
    expect(compareLeaf("\\sec^2 t", "1+\\tan^2 t", without).equal).toBe(false);
    expect(without.undecided).toBe(true);
    const asked: string[][] = [];
    const engine = (a: string, b: string): boolean => asked.push([a, b]) > 0;
    expect(compareLeaf("\\sec^2 t", "1+\\tan^2 t", comparing({ engine })).equal).toBe(true);
    expect(asked).toEqual([["\\sec^2 t", "1+\\tan^2 t"]]);
  });

  it("never reach the engine where exact arithmetic or a few points tell them apart", () => {
    const engine = (): boolean => {
      throw new Error("asked");
    };
    for (const [a = "", b = ""] of [
      ["x+1", "x+2"],
      ["\\sin x", "\\sin y"],
      ["2^{100!}", "3"],
    ])
      expect(compareLeaf(a, b, comparing({ engine })).equal).toBe(false);
  });

  it("may name their variables differently where that is asked for", () => {
    expect(compareLeaf("a^2+b", "x^2+y", comparing({ strict: false })).equal).toBe(true);
    expect(compareLeaf("a^2+b", "x^2+y", comparing()).equal).toBe(false);
  });
});
