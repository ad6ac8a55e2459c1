import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, wrapText } from "./display-width.ts";

test.each([
  ["", 0],
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["日本", 4],
  ["한", 2],
  ["🙂", 2],
  ["x² → ∞", 6],
])("%j takes %d columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test("breaks between words, and inside a word that is longer than a line", () => {
  expect(wrapText("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapText("abcdefgh ij", 3)).toEqual(["abc", "def", "gh", "ij"]);
  expect(wrapText("日本語", 4)).toEqual(["日本", "語"]);
  expect(wrapText("", 5)).toEqual([""]);
});

test("keeps every character but the spaces at its breaks, in lines that fit", () => {
  const text = fc.string({ unit: "grapheme" }).map((value) => value.replace(/\s/gu, " "));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (value, columns) => {
      const lines = wrapText(value, columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(value.replaceAll(" ", ""));
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }),
  );
});
