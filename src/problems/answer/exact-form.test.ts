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
])("%s is %s", (a, b) => {
  expect(difference(a, b).top.size).toBe(0);
});

it("does not draw a square root of a square, which may be negative", () => {
  const form = difference("\\sqrt{x^2}", "x");
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
