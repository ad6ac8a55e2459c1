import fc from "fast-check";
import { expect, it, test } from "vitest";
import { differNumerically } from "./differ-numerically.ts";
import { constantForm, exactForm } from "./exact-form.ts";
import { numericValue } from "./numeric-value.ts";
import { parseExpression } from "./parse-expression.ts";
import { toNumber } from "./rational.ts";

const differ = (a: string, b: string): boolean => differNumerically(parseExpression(a), parseExpression(b));

test.each([
  ["\\sin x", "\\cos x"],
  ["\\sin x", "\\sin y"],
  ["x_1", "x_2"],
  ["e^{i\\pi}", "1"],
  ["\\log_2 8", "4"],
  ["\\arctan 1", "\\frac{\\pi}{3}"],
  ["|x-5|", "x-5"],
  ["\\sqrt{-4}", "2"],
])("%s and %s differ", (a, b) => {
  expect(differ(a, b)).toBe(true);
});

test.each([
  ["\\sin^2 x+\\cos^2 x", "1"],
  ["\\tan x", "\\frac{\\sin x}{\\cos x}"],
  ["\\cot x", "\\frac{1}{\\tan x}"],
  ["e^{i\\pi}", "-1"],
  ["\\log_2 8", "3"],
  ["\\sqrt{-4}", "2i"],
  ["\\sin 30^\\circ", "\\frac{1}{2}"],
  ["\\tanh x", "\\frac{\\sinh x}{\\cosh x}"],
])("%s and %s do not", (a, b) => {
  expect(differ(a, b)).toBe(false);
});

test.each(["\\log x", "\\infty", "204_5", "\\frac{1}{0}", "\\arcsin 2"])("%s tells nothing apart", (text) => {
  expect(differ(text, "7")).toBe(false);
});

it("finds the value that exact arithmetic finds", () => {
  const number = fc.integer({ min: -9, max: 9 });
  const bottom = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(number, number, bottom, fc.integer({ min: 0, max: 4 }), (a, b, c, exponent) => {
      // 0 to the power of 0 has no value in floating point here, and tells nothing apart.
      fc.pre(a !== 0 || exponent > 0);
      const expression = parseExpression(
        `(${a})^{${exponent}}\\cdot\\frac{${b}-\\frac{1}{${c}}}{${c}}+(${b})`,
      );
      const exact = constantForm(exactForm(expression));
      const { re, im } = numericValue(expression, () => Number.NaN);
      expect(im).toBeCloseTo(0, 9);
      expect(re).toBeCloseTo(exact === undefined ? Number.NaN : toNumber(exact), 6);
    }),
    { seed: 8 },
  );
});
