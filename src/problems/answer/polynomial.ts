import { mostTerms, TooHardError } from "./limits.ts";
import type { Rational } from "./rational.ts";
import * as fraction from "./rational.ts";

/**
 * A coefficient and atoms with rational exponents. An atom is a variable, `pi`, `e`, `i`, `#2` (the number 2 under a
 * root), or something opaque with a bracket in its name, such as `sin(x)`.
 */
export interface Term {
  readonly coefficient: Rational;
  readonly powers: ReadonlyMap<string, Rational>;
}

/** Terms by the text of their atoms; none is zero. No term at all is 0. */
export type Polynomial = ReadonlyMap<string, Term>;

/** The polynomial of one term. */
export function single(coefficient: Rational, powers: ReadonlyMap<string, Rational> = new Map()): Polynomial {
  const term = reduce(coefficient, powers);
  return term.coefficient.top === 0n ? new Map() : new Map([[keyOf(term.powers), term]]);
}

/** The polynomial of one atom. */
export function atom(name: string): Polynomial {
  return single(fraction.one, new Map([[name, fraction.one]]));
}

/** a + b. */
export function add(a: Polynomial, b: Polynomial): Polynomial {
  const sum = new Map(a);
  for (const [key, term] of b) {
    const coefficient = fraction.add(sum.get(key)?.coefficient ?? fraction.zero, term.coefficient);
    if (coefficient.top === 0n) sum.delete(key);
    else sum.set(key, { coefficient, powers: term.powers });
  }
  if (sum.size > mostTerms) throw new TooHardError("an expression has too many terms to compare");
  return sum;
}

/** a · b. */
export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size * b.size > mostTerms * mostTerms)
    throw new TooHardError("a product has too many terms to compare");
  const product = new Map<string, Term>();
  for (const left of a.values())
    for (const right of b.values()) {
      const { coefficient, powers } = multiplyTerms(left, right);
      const key = keyOf(powers);
      const sum = fraction.add(product.get(key)?.coefficient ?? fraction.zero, coefficient);
      if (sum.top === 0n) product.delete(key);
      else product.set(key, { coefficient: sum, powers });
    }
  if (product.size > mostTerms) throw new TooHardError("an expression has too many terms to compare");
  return product;
}

/** a times a fraction. */
export function scale(a: Polynomial, factor: Rational): Polynomial {
  return multiply(a, single(factor));
}

/** a - b. */
export function subtract(a: Polynomial, b: Polynomial): Polynomial {
  return add(a, scale(b, fraction.rational(-1n)));
}

/** The only term, or undefined where there are none or several. */
export function onlyTerm(a: Polynomial): Term | undefined {
  return a.size === 1 ? a.values().next().value : undefined;
}

/** The fraction that a is, or undefined. */
export function constant(a: Polynomial): Rational | undefined {
  if (a.size === 0) return fraction.zero;
  const term = onlyTerm(a);
  return term?.powers.size === 0 ? term.coefficient : undefined;
}

/** A text that equal polynomials share. */
export function format(a: Polynomial): string {
  return [...a]
    .map(([key, { coefficient }]) => `${fraction.format(coefficient)}${key}`)
    .sort()
    .join("+");
}

function multiplyTerms(a: Term, b: Term): Term {
  const powers = new Map(a.powers);
  for (const [name, exponent] of b.powers)
    powers.set(name, fraction.add(powers.get(name) ?? fraction.zero, exponent));
  return reduce(fraction.multiply(a.coefficient, b.coefficient), powers);
}

/** Leaves #p with an exponent from 0 to 1, i with 0 or 1. */
function reduce(start: Rational, powers: ReadonlyMap<string, Rational>): Term {
  let coefficient = start;
  const kept: [string, Rational][] = [];
  for (const [name, exponent] of powers) {
    if (exponent.top === 0n) continue;
    if (name.startsWith("#")) {
      const whole = fraction.floor(exponent);
      const base = fraction.rational(BigInt(name.slice(1)));
      if (whole !== 0n) coefficient = fraction.multiply(coefficient, fraction.power(base, Number(whole)));
      const rest = fraction.subtract(exponent, fraction.rational(whole));
      if (rest.top !== 0n) kept.push([name, rest]);
    } else if (name === "i" && exponent.bottom === 1n) {
      const turns = ((exponent.top % 4n) + 4n) % 4n;
      if (turns >= 2n) coefficient = fraction.negate(coefficient);
      if (turns % 2n === 1n) kept.push([name, fraction.one]);
    } else kept.push([name, exponent]);
  }
  return { coefficient, powers: new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function keyOf(powers: ReadonlyMap<string, Rational>): string {
  let key = "";
  for (const [name, exponent] of powers) key += `·${name}^${fraction.format(exponent)}`;
  return key;
}
