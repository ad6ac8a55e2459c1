import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostTerms, TooHardError } from "./limits.ts";
import {
  add,
  atom,
  constant,
  format,
  multiply,
  onlyTerm,
  type Polynomial,
  scale,
  single,
  subtract,
} from "./polynomial.ts";
import { rational } from "./rational.ts";

const names = fc.constantFrom("x", "y", "pi", "#2", "i");
const term = fc
  .tuple(
    fc.bigInt({ min: -5n, max: 5n }),
    fc.uniqueArray(names, { maxLength: 2 }),
    fc.bigInt({ min: 1n, max: 3n }),
  )
  .map(([coefficient, atoms, exponent]) =>
    single(
      rational(coefficient),
      new Map(atoms.map((name) => [name, rational(exponent, name === "#2" ? 2n : 1n)])),
    ),
  );
const polynomial = fc
  .array(term, { maxLength: 4 })
  .map((terms) => terms.reduce(add, new Map() as Polynomial));

describe("polynomials", () => {
  it("obey the laws of a commutative ring", () => {
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (a, b, c) => {
        expect(format(multiply(a, add(b, c)))).toBe(format(add(multiply(a, b), multiply(a, c))));
        expect(format(multiply(multiply(a, b), c))).toBe(format(multiply(a, multiply(b, c))));
        expect(format(multiply(a, b))).toBe(format(multiply(b, a)));
        expect(subtract(a, a).size).toBe(0);
        expect(format(scale(a, rational(1n)))).toBe(format(a));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("draw squares out of roots, and know that i times i is -1", () => {
    const root = single(rational(1n), new Map([["#2", rational(1n, 2n)]]));
    expect(constant(multiply(root, root))).toEqual(rational(2n));
    expect(constant(multiply(atom("i"), atom("i")))).toEqual(rational(-1n));
    expect(format(single(rational(1n), new Map([["i", rational(-1n)]])))).toBe(
      format(scale(atom("i"), rational(-1n))),
    );
    expect(format(single(rational(3n), new Map([["#2", rational(-1n, 2n)]])))).toBe(
      format(scale(root, rational(3n, 2n))),
    );
  });

  it("hold no term of zero, and are a number only where nothing else is in them", () => {
    expect(single(rational(0n), new Map([["x", rational(1n)]])).size).toBe(0);
    expect(constant(new Map())).toEqual(rational(0n));
    expect(constant(atom("x"))).toBeUndefined();
    expect(onlyTerm(add(atom("x"), atom("y")))).toBeUndefined();
    expect(onlyTerm(atom("x"))?.coefficient).toEqual(rational(1n));
  });

  it("are given up above a number of terms", () => {
    const sum = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => atom(`${letter}${index}`)).reduce(add);
    expect(() => multiply(sum("a", 20), sum("b", 20))).toThrow(TooHardError);
    expect(() => sum("a", mostTerms + 1)).toThrow(TooHardError);
  });
});
