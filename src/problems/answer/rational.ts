import { mostBits, TooHardError } from "./limits.ts";

/** An exact fraction in lowest terms; the bottom is positive. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The fraction top/bottom. Throws a RangeError for a bottom of zero, a TooHardError for enormous parts. */
export function rational(top: bigint, bottom = 1n): Rational {
  if (bottom === 0n) throw new RangeError("division by zero");
  if (bottom === 1n) return { top: bounded(top), bottom };
  const shared = greatestDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { top: bounded(top / shared), bottom: bounded(bottom / shared) };
}

/** 0 as a fraction. */
export const zero = rational(0n);

/** 1 as a fraction. */
export const one = rational(1n);

/** The exact value of digits with at most one point, such as `.75`. */
export function parseDecimal(text: string): Rational {
  const [whole = "", part = ""] = text.split(".");
  return rational(BigInt(`${whole}${part}` || "0"), 10n ** BigInt(part.length));
}

/** a + b. */
export function add(a: Rational, b: Rational): Rational {
  return rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

/** a · b. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.top * b.top, a.bottom * b.bottom);
}

/** a / b. Throws a RangeError where b is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.top * b.bottom, a.bottom * b.top);
}

/** -a. */
export function negate(a: Rational): Rational {
  return { top: -a.top, bottom: a.bottom };
}

/** a - b. */
export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

/** Whether both are the same number. */
export function same(a: Rational, b: Rational): boolean {
  return a.top === b.top && a.bottom === b.bottom;
}

/** The largest integer that is not above a. */
export function floor(a: Rational): bigint {
  const quotient = a.top / a.bottom;
  return a.top < 0n && quotient * a.bottom !== a.top ? quotient - 1n : quotient;
}

/** a to an integer power. Throws a RangeError for 0 to a negative one, a TooHardError for an enormous result. */
export function power(a: Rational, exponent: number): Rational {
  const size = Math.abs(exponent);
  const bits = Math.max(bitsOf(a.top), bitsOf(a.bottom));
  if (bits > 1 && bits * size > mostBits) throw new TooHardError("a power is too large to work out");
  const raised = { top: a.top ** BigInt(size), bottom: a.bottom ** BigInt(size) };
  return exponent < 0 ? rational(raised.bottom, raised.top) : raised;
}

/** The nearest floating-point number. */
export function toNumber(a: Rational): number {
  const close = Number(a.top) / Number(a.bottom);
  if (Number.isFinite(close)) return close;
  const shift = BigInt(Math.max(0, Math.min(bitsOf(a.top), bitsOf(a.bottom)) - 512));
  return Number(a.top >> shift) / Number(a.bottom >> shift);
}

/** `7`, `-2/3`. */
export function format(a: Rational): string {
  return a.bottom === 1n ? String(a.top) : `${a.top}/${a.bottom}`;
}

/** The greatest common divisor, never negative. */
export function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

function bounded(value: bigint): bigint {
  // 2^53 holds most numbers, and comparing is cheaper than writing one out.
  if (value < 9007199254740992n && value > -9007199254740992n) return value;
  if (bitsOf(value) > mostBits * 2) throw new TooHardError("a number is too large to work out");
  return value;
}

function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}
