import type { Rational } from "./rational.ts";
import * as fraction from "./rational.ts";

/** A number written with a point, such as `-12.50`. */
export const decimalPattern = /^[-+]?\d*\.\d+$/;

/**
 * Whether a written decimal is the rounding (half away from zero) of a value at the places it is written with, which
 * have to be at least `precision`, with as many significant digits.
 */
export function isRounding(written: string, value: Rational, precision: number): boolean {
  if (!decimalPattern.test(written)) return false;
  const digits = written.replace(/^[-+]/, "");
  const places = digits.length - digits.indexOf(".") - 1;
  const significant = digits.replace(".", "").replace(/^0+/, "").length;
  if (places < precision || significant < precision) return false;
  const shift = fraction.power(fraction.rational(10n), places);
  const size = value.top < 0n ? fraction.negate(value) : value;
  const half = fraction.rational(1n, 2n);
  const rounded = fraction.floor(fraction.add(fraction.multiply(size, shift), half));
  const sign = written.startsWith("-") ? -1n : 1n;
  const shown = BigInt(digits.replace(".", ""));
  return (value.top < 0n ? -1n : 1n) === sign && rounded === shown;
}

/** The same for a value that is no fraction, such as a root, from its floating-point number. */
export function isRoundingOfNumber(written: string, value: number, precision: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > 1e9) return false;
  const places = (written.split(".")[1] ?? "").length;
  // Beyond 12 places the number itself is not known well enough.
  if (places > 12) return false;
  return isRounding(written, fraction.rational(BigInt(Math.round(value * 1e15)), 10n ** 15n), precision);
}
