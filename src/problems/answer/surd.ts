import { floor, multiply, power, type Rational, rational } from "./rational.ts";

const largestTrial = 20_000n;

/** A product of a fraction and of primes to exponents between 0 and 1. */
export interface Surd {
  readonly factor: Rational;
  /** Exponents by prime (or by a part too large to factor). */
  readonly roots: ReadonlyMap<bigint, Rational>;
}

/**
 * A positive fraction to a rational exponent, such as 12^(1/2) = 2·3^(1/2). The form is unique as long as the parts
 * factor within the primes up to 20,000.
 */
export function raise(base: Rational, exponent: Rational): Surd {
  let factor = rational(1n);
  const roots = new Map<bigint, Rational>();
  for (const [prime, count] of primesOf(base)) {
    const whole = multiply(exponent, rational(count));
    const integer = floor(whole);
    factor = multiply(factor, power(rational(prime), Number(integer)));
    const rest = rational(whole.top - integer * whole.bottom, whole.bottom);
    if (rest.top !== 0n) roots.set(prime, rest);
  }
  return { factor, roots };
}

/** The primes of a positive fraction with their exponents; what is too large to factor counts as one. */
export function primesOf({ top, bottom }: Rational): [prime: bigint, exponent: bigint][] {
  return [...primesOfInteger(top, 1n), ...primesOfInteger(bottom, -1n)];
}

function primesOfInteger(value: bigint, sign: bigint): [bigint, bigint][] {
  const found: [bigint, bigint][] = [];
  let rest = value;
  for (let prime = 2n; prime * prime <= rest && prime < largestTrial; prime += prime === 2n ? 1n : 2n) {
    let count = 0n;
    while (rest % prime === 0n) {
      rest /= prime;
      count += sign;
    }
    if (count !== 0n) found.push([prime, count]);
  }
  if (rest > 1n) {
    const root = squareRoot(rest);
    found.push(root * root === rest ? [root, 2n * sign] : [rest, sign]);
  }
  return found;
}

function squareRoot(value: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
