import fc from "fast-check";
import { expect, it, test } from "vitest";
import { exactForm, isOpaque, subtractForms } from "./exact-form.ts";
import { parseExpression } from "./parse-expression.ts";

function difference(a: string, b: string) {
  return subtractForms(exactForm(parseExpression(a)), exactForm(parseExpression(b)));
}

test.each([
  ["(x+y)^3", "x^3+3x^2y+3xy^2+y^3"],
  ["\\frac{1}{x}+\\frac{1}{y}", "\\frac{x+y}{xy}"],
  ["\\sqrt{4+4\\sqrt{2}}", "2\\sqrt{1+\\sqrt{2}}"],
  ["\\frac{3}{2-\\sqrt{3}}", "6+3\\sqrt{3}"],
  ["(1+i)^2", "2i"],
  ["\\sin(x+1)", "\\sin(1+x)"],
  ["\\sec x\\tan x", "\\frac{\\sin x}{\\cos^2 x}"],
  ["\\binom{2024}{2}", "2047276"],
  ["\\binom{2024}{2022}", "2047276"],
  ["\\binom{3}{5}", "0"],
  ["2^{2024}-1", "4^{1012}-1"],
  ["2^{n+1}", "2\\cdot2^n"],
  ["4^n", "2^{2n}"],
  ["\\frac{1}{4^n}", "2^{-2n}"],
  ["6^{x}", "2^x3^x"],
  ["e^{2x}", "(e^x)^2"],
  ["\\frac{e^x}{e^y}", "e^{x-y}"],
  ["x^{n+2}", "x^2x^n"],
  ["\\cot(2t)", "\\frac{\\csc(2t)}{\\sec(2t)}"],
])("%s is %s", (a, b) => {
  expect(difference(a, b).top.size).toBe(0);
});

it("does not draw a square root of a square, which may be negative", () => {
  const form = difference("\\sqrt{x^2}", "x");
  expect(form.top.size).not.toBe(0);
  expect(isOpaque(form)).toBe(true);
});

test.each([
  ["2^{n+1}", "2^{n+2}"],
  ["2^{n}", "3^{n}"],
  ["(-4)^{n}", "(-2)^{2n}"],
  ["x^{n/2}", "(x^n)^{1/2}"],
  ["\\tan x", "\\cot x"],
])("%s is not made %s, and is left open", (a, b) => {
  const form = difference(a, b);
  expect(form.top.size).not.toBe(0);
  expect(isOpaque(form)).toBe(true);
});

it("tells polynomials with other coefficients apart, and proves it", () => {
  const digits = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
  const text = (parts: readonly number[]) => parts.map((part, index) => `(${part})x^${index}`).join("+");
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      const form = difference(text(a), text(b));
      expect(form.top.size === 0).toBe(a.join() === b.join());
      expect(isOpaque(form)).toBe(false);
    }),
    { seed: 4 },
  );
});
