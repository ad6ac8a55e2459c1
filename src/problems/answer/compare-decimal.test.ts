import { expect, it } from "vitest";
import { isRounding, isRoundingOfNumber } from "./compare-decimal.ts";
import { rational } from "./rational.ts";

it("accepts a rounding with enough places and digits only", () => {
  expect(isRounding("0.333333", rational(1n, 3n), 6)).toBe(true);
  expect(isRounding("0.333334", rational(1n, 3n), 6)).toBe(false);
  expect(isRounding("0.33", rational(1n, 3n), 6)).toBe(false);
  expect(isRounding("0.33", rational(1n, 3n), 2)).toBe(true);
  expect(isRounding("-0.666667", rational(-2n, 3n), 6)).toBe(true);
  expect(isRounding("0.666667", rational(-2n, 3n), 6)).toBe(false);
});

it("does not take zeros for digits", () => {
  expect(isRounding("0.000001", rational(123n, 100_000_000n), 6)).toBe(false);
});

it("rounds what is no fraction as far as a floating-point number is known", () => {
  expect(isRoundingOfNumber("3.141593", Math.PI, 6)).toBe(true);
  expect(isRoundingOfNumber("3.141592", Math.PI, 6)).toBe(false);
  expect(isRoundingOfNumber("3.14159265358979312", Math.PI, 6)).toBe(false);
  expect(isRoundingOfNumber("1.000000", Number.NaN, 6)).toBe(false);
});
