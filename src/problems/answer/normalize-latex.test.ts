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
  ["\\dbinom{5}{2}", "\\binom{5}{2}"],
  ["2√3", "2\\sqrt{3}"],
  ["√(x+1)", "\\sqrt(x+1)"],
  ["0.333...", "0.\\overline{3}"],
  ["0.1666…", "0.1\\overline{6}"],
  ["0.121212\\ldots", "0.\\overline{12}"],
  ["0.33...", "0.33"],
  ["1, 2, 3, \\ldots", "1, 2, 3, \\ldots"],
  ["6.02e23", "6.02\\times 10^{23}"],
  ["2e3x", "2e3x"],
  ["**7**", "7"],
  ["2**7", "2^7"],
  ["`7`", "7"],
  ["\\mathbf{12}", "{12}"],
  ["x\\in\\mathbb{R}", "x\\in R"],
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
