import fc from "fast-check";
import { analyzeStructure, MARKERS, type Marker } from "sojourn/thought";
import { describe, expect, it } from "vitest";
import { findHits, keywordPattern } from "./keywords.ts";

function found(text: string, markers: readonly string[], search = ""): string[] {
  const pattern = keywordPattern({ markers, text: search });
  return pattern === undefined ? [] : findHits(text, pattern).map(({ start, end }) => text.slice(start, end));
}

describe("keywords in a thought", () => {
  it("finds markers as words of their own, in any case", () => {
    expect(found("Wait, the waiter waits. Hmmm, wait's no wait!", ["wait", "hmm"])).toEqual([
      "Wait",
      "Hmmm",
      "wait",
    ]);
  });

  it("finds a text literally, whatever signs are in it", () => {
    expect(found("f(x) = (x+1)^2 [F(X)]", [], "f(x)")).toEqual(["f(x)", "F(X)"]);
    expect(found("a-b \\frac{1}{2} $5", [], "\\frac{1}{2}")).toEqual(["\\frac{1}{2}"]);
  });

  it("finds nothing where nothing is wanted", () => {
    expect(keywordPattern({ markers: [], text: "" })).toBeUndefined();
  });

  it("takes any text as a search without failing, and finds it in itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), (text) => {
        const pattern = keywordPattern({ markers: ["wait"], text });
        expect(findHits(`-${text}-`, pattern ?? /never/g).length).toBeGreaterThan(0);
      }),
    );
  });

  it("counts each marker as the tables of a report do", () => {
    const word = fc.constantFrom(...MARKERS, "waits", "don't", "wait's", "HMMM", "so-so", "7", "if,");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.constantFrom(...MARKERS), (words, marker: Marker) => {
        const text = words.join(" ");
        expect(found(text, [marker]).length).toBe(analyzeStructure(text).markers[marker]);
      }),
    );
  });
});
