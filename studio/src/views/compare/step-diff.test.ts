import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairSteps, wordPieces } from "./step-diff.ts";

const steps = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

describe("two thoughts beside each other", () => {
  it("share a row where a step is alike, and set the others beside each other", () => {
    expect(
      pairSteps(["make 33", "12 + 7 = 19", "so 33"], ["make 33", "7 * 3 = 21", "21 + 12", "so 33"]),
    ).toEqual([
      { left: "make 33", right: "make 33", same: true },
      { left: "12 + 7 = 19", right: "7 * 3 = 21", same: false },
      { left: undefined, right: "21 + 12", same: false },
      { left: "so 33", right: "so 33", same: true },
    ]);
  });

  it("lose no step and keep the order, whatever they are", () => {
    fc.assert(
      fc.property(steps, steps, (left, right) => {
        const pairs = pairSteps(left, right);
        expect(pairs.flatMap((pair) => pair.left ?? [])).toEqual(left);
        expect(pairs.flatMap((pair) => pair.right ?? [])).toEqual(right);
        expect(pairs.every((pair) => pair.same === (pair.left === pair.right))).toBe(true);
      }),
    );
  });

  it("of ten thousand steps each that have nothing in common are set as they come, at once", () => {
    const many = (name: string): string[] => Array.from({ length: 10_000 }, (_, place) => `${name}${place}`);
    const begun = performance.now();
    expect(pairSteps(many("l"), many("r"))).toHaveLength(10_000);
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});

describe("two steps beside each other", () => {
  it("show which words differ", () => {
    expect(wordPieces("so 7 + 2 = 9", "so 7 + 3 = 10")).toEqual({
      left: [
        { text: "so 7 + ", same: true },
        { text: "2", same: false },
        { text: " = ", same: true },
        { text: "9", same: false },
      ],
      right: [
        { text: "so 7 + ", same: true },
        { text: "3", same: false },
        { text: " = ", same: true },
        { text: "10", same: false },
      ],
    });
  });

  it("lose no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (left, right) => {
        const found = wordPieces(left, right);
        expect(found.left.map(({ text }) => text).join("")).toBe(left);
        expect(found.right.map(({ text }) => text).join("")).toBe(right);
      }),
    );
  });

  it("of a million characters are shown as changed as a whole", () => {
    const long = "x ".repeat(500_000);
    expect(wordPieces(long, "y").left).toEqual([{ text: long, same: false }]);
  });
});
