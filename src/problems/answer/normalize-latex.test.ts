import fc from "fast-check";
import { expect, it, test } from "vitest";
import { normalizeLatex } from "./normalize-latex.ts";

test.each([
  ["\\dfrac{1}{2}", "\\frac{1}{2}"],
  ["\\left( 1 \\right)", "( 1 )"],
  ["10,\\!080", "10080"],
  ["14{,}916", "14916"],
  ["1,234,567", "1234567"],
  ["(1,234)", "(1,234)"],
  ["1,23", "1,23"],
  ["2 \\frac{1}{3}", "(2+\\frac{1}{3})"],
  ["2\\frac{5}{3}", "2\\frac{5}{3}"],
  ["x^2\\frac{1}{3}", "x^2\\frac{1}{3}"],
  ["−3 × 2", "-3 \\times 2"],
  ["\\textbf{a}", "\\text{a}"],
  ["x \\leq 3.", "x \\le 3"],
  ["\\$18.90", "18.90"],
])("%s becomes %s", (text, normal) => {
  expect(normalizeLatex(text)).toBe(normal);
});

it("keeps the rows of a matrix apart", () => {
  expect(normalizeLatex("\\begin{pmatrix} 1 \\\\ x \\end{pmatrix}")).toContain("\\\\");
});

it("changes nothing more the second time, for numbers in plain spelling", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{1,9}(\.\d{1,4})?$/), (text) => {
      expect(normalizeLatex(normalizeLatex(text))).toBe(normalizeLatex(text));
    }),
    { seed: 3 },
  );
});
