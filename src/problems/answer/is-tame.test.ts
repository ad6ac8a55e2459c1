import { expect, test } from "vitest";
import { isTame } from "./is-tame.ts";
import { parseExpression } from "./parse-expression.ts";

test.each(["\\sin^2 x + 1", "e^{i\\pi}", "x^{10}", "\\sqrt{2+\\sqrt{3}}", "10^{\\frac{x}{6}}"])(
  "%s is tame",
  (text) => {
    expect(isTame(parseExpression(text))).toBe(true);
  },
);

test.each([
  "9^{9^9}",
  "9^{387420489}",
  "1000000!",
  "\\sum_{k=1}^{n} k",
  "9^{99 \\cdot 99 \\cdot 99 \\cdot 99 \\cdot 99 \\cdot 99}",
])("%s is not", (text) => {
  expect(isTame(parseExpression(text))).toBe(false);
});
