import fc from "fast-check";
import { expect, it } from "vitest";
import { TooHardError } from "./limits.ts";
import {
  add,
  divide,
  floor,
  format,
  multiply,
  parseDecimal,
  power,
  rational,
  subtract,
  toNumber,
} from "./rational.ts";

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([top, bottom]) => rational(top, bottom));

it("keeps lowest terms and a positive bottom", () => {
  expect(format(rational(6n, -4n))).toBe("-3/2");
  expect(format(parseDecimal("0.750"))).toBe("3/4");
  expect(format(parseDecimal(".5"))).toBe("1/2");
  expect(() => rational(1n, 0n)).toThrow(RangeError);
});

it("obeys the laws of a field", () => {
  fc.assert(
    fc.property(fractions, fractions, fractions, (a, b, c) => {
      expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
      expect(add(subtract(a, b), b)).toEqual(a);
      if (b.top !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
    }),
    { seed: 1, numRuns: 100 },
  );
});

it("rounds down below zero as well", () => {
  expect(floor(rational(-1n, 2n))).toBe(-1n);
  expect(floor(rational(-4n, 2n))).toBe(-2n);
  expect(floor(rational(7n, 2n))).toBe(3n);
});

it("refuses a power that would not fit, before it is worked out", () => {
  expect(power(rational(2n, 3n), -2)).toEqual(rational(9n, 4n));
  expect(() => power(rational(9n), 387_420_489)).toThrow(TooHardError);
});

it("has a number also where both parts are beyond floating point", () => {
  expect(toNumber(rational(3n * 10n ** 400n, 2n * 10n ** 400n + 1n))).toBeCloseTo(1.5, 12);
});
