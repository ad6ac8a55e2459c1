import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { letterPairsOf, piecesOf, shapeOf } from "./shape.ts";

const lexicon = new Set(["how", "many", "are", "in", "or", "is", "+", "?", "'s"]);
const shapes = (question: string): string[] => piecesOf(question).map((piece) => shapeOf(piece, lexicon));

describe("question shapes", () => {
  it("keep the words and marks of the lexicon and hide all contents", () => {
    expect(shapes("How many r's are in Strawberry?")).toEqual([
      "how",
      "many",
      "<letter>",
      "'s",
      "are",
      "in",
      "<word>",
      "?",
    ]);
    expect(shapes("3x+9.11")).toEqual(["<number>", "<letter>", "+", "<decimal>"]);
  });

  it("tell the plural of a letter from a word", () => {
    expect(shapes("rs is")).toEqual(["<letter>s", "is"]);
  });

  it("read other writings of a phrasing word as that word", () => {
    expect(shapes("3 vs 4")).toEqual(["<number>", "or", "<number>"]);
  });

  it("mark what no phrasing uses", () => {
    expect(shapes("15% 漢")).toEqual(["<number>", "<mark>", "<mark>"]);
  });

  it("do not depend on letter case, typographic apostrophes or which numbers are named", () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), (left, right) => {
        expect(shapes(`IS ${left} or ${right}’s`)).toEqual(shapes("is 1 OR 2's"));
      }),
    );
  });

  it("leave out nothing but spaces", () => {
    fc.assert(
      fc.property(fc.string(), (question) => {
        const kept = question.toLowerCase().replace(/[’`]/g, "'").replace(/[−–]/g, "-").replace(/\s/g, "");
        expect(piecesOf(question).join("")).toBe(kept);
      }),
    );
  });
});

describe("letterPairsOf", () => {
  it("names neighbours in order", () => {
    expect(letterPairsOf("word")).toEqual(["wo", "or", "rd"]);
    expect(letterPairsOf("a")).toEqual([]);
  });
});
