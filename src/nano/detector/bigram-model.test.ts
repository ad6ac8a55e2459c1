import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BigramModel, countBigrams } from "./bigram-model.ts";

const sentences = ["is one or two larger", "is one smaller than two", "which is larger one or two"].map(
  (text) => text.split(" "),
);
const words = [...new Set(sentences.flat())];

describe("countBigrams", () => {
  it("counts beginnings, neighbours and ends", () => {
    expect(countBigrams([["a", "b"], ["a"]]).counts).toEqual({
      "<start>": { a: 2 },
      a: { b: 1, "<end>": 1 },
      b: { "<end>": 1 },
    });
  });
});

describe("BigramModel", () => {
  const model = new BigramModel(countBigrams(sentences));

  it("is least surprised by what it has seen, more by another order, most by strange words", () => {
    const [seen, reordered, strange] = [
      "is one or two larger",
      "two or larger one is",
      "is dog or cat nicer",
    ].map((text) => model.surprise(text.split(" ")));
    expect(seen).toBeLessThan(reordered ?? 0);
    expect(reordered).toBeLessThan(strange ?? 0);
  });

  it("depends on how often, not on how many examples", () => {
    const more = new BigramModel(countBigrams(Array.from({ length: 50 }, () => sentences).flat()));
    for (const sentence of sentences)
      expect(more.surprise(sentence)).toBeCloseTo(model.surprise(sentence), 10);
  });

  it("has a finite surprise, above zero, for any sequence", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (sequence) => {
        const surprise = model.surprise(sequence);
        expect(Number.isFinite(surprise)).toBe(true);
        expect(surprise).toBeGreaterThan(0);
      }),
    );
  });
});
