import fc from "fast-check";
import { expect, it } from "vitest";
import { analyzeStructure } from "./structure.ts";

it("counts lines, words and words a line, blank lines and bare signs left out", () => {
  const { lines, words, wordsPerLine } = analyzeStructure("First, 3 + 4 = 7.\n\n  \r\nSo it's 7!\n");
  expect({ lines, words, wordsPerLine }).toEqual({ lines: 2, words: 7, wordsPerLine: 3.5 });
});

it("counts markers as whole words in any case", () => {
  const { markers } = analyzeStructure(
    "Wait. WAIT, but wait... Hmmm, so if sofa butter hm; Alternatively: however",
  );
  expect(markers).toMatchObject({
    wait: 3,
    but: 1,
    hmm: 2,
    so: 1,
    if: 1,
    alternatively: 1,
    however: 1,
    first: 0,
  });
});

it("does not take names that every object has for markers", () => {
  expect(Object.keys(analyzeStructure("constructor toString hasOwnProperty").markers)).toHaveLength(12);
});

it("finds nothing in an empty thought", () => {
  const { markers, ...size } = analyzeStructure(" \n ");
  expect(size).toEqual({ lines: 0, words: 0, wordsPerLine: 0 });
  expect(Object.values(markers).every((count) => count === 0)).toBe(true);
});

it("adds up over thoughts that are put one below the other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (above, below) => {
      const both = analyzeStructure(`${above}\n${below}`);
      const [first, second] = [analyzeStructure(above), analyzeStructure(below)];
      expect(both.words).toBe(first.words + second.words);
      expect(both.lines).toBe(first.lines + second.lines);
      expect(both.markers.wait).toBe(first.markers.wait + second.markers.wait);
    }),
  );
});
