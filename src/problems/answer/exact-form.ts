import type { Expression } from "./expression.ts";
import { largestExponent, TooHardError, UnreadableError } from "./limits.ts";
import type { Polynomial } from "./polynomial.ts";
import * as poly from "./polynomial.ts";
import type { Rational } from "./rational.ts";
import * as fraction from "./rational.ts";
import { primesOf, raise } from "./surd.ts";

/** A quotient of two polynomials in variables, roots of primes, π, e, i and opaque atoms. The bottom is not 0. */
export interface ExactForm {
  readonly top: Polynomial;
  readonly bottom: Polynomial;
}

const unit = poly.single(fraction.one);
const nothing = poly.single(fraction.zero);
/** Bases that are positive numbers, so that roots of their powers may be drawn. */
const positive = /^(#\d+|pi|e)$/;

/**
 * Works an expression out exactly, without any floating-point number. What has no exact form here, such as sin(1), is
 * kept as an opaque atom. Throws a TooHardError above the limits, an UnreadableError for a division by zero.
 */
export function exactForm(expression: Expression): ExactForm {
  switch (expression.kind) {
    case "number":
      return { top: poly.single(expression.value), bottom: unit };
    case "name":
      return { top: poly.atom(expression.name), bottom: unit };
    case "sum":
      return expression.terms.map(exactForm).reduce(addForms, { top: nothing, bottom: unit });
    case "product":
      return expression.factors.map(exactForm).reduce(multiplyForms, { top: unit, bottom: unit });
    case "quotient":
      return divideForms(exactForm(expression.top), exactForm(expression.bottom));
    case "power":
      return powerForm(exactForm(expression.base), exactForm(expression.exponent));
    case "call":
      return callForm(expression.name, expression.inputs.map(exactForm));
  }
}

/** a / b. Throws an UnreadableError where b is 0. */
function divideForms(a: ExactForm, b: ExactForm): ExactForm {
  if (b.top.size === 0) throw new UnreadableError("a division by zero");
  return simplify({ top: poly.multiply(a.top, b.bottom), bottom: poly.multiply(a.bottom, b.top) });
}

/** a - b. */
export function subtractForms(a: ExactForm, b: ExactForm): ExactForm {
  return addForms(a, { top: poly.scale(b.top, fraction.rational(-1n)), bottom: b.bottom });
}

/** The fraction that a form is, or undefined. */
export function constantForm(form: ExactForm): Rational | undefined {
  const bottom = poly.constant(form.bottom);
  const top = poly.constant(form.top);
  return top === undefined || bottom === undefined ? undefined : fraction.divide(top, bottom);
}

/** Whether the form holds something whose exact value is not known, so that a difference proves nothing. */
export function isOpaque(form: ExactForm): boolean {
  for (const side of [form.top, form.bottom])
    for (const { powers } of side.values())
      for (const [name, exponent] of powers)
        if (name.includes("(") || (exponent.bottom !== 1n && !positive.test(name))) return true;
  return false;
}

function addForms(a: ExactForm, b: ExactForm): ExactForm {
  if (poly.format(a.bottom) === poly.format(b.bottom))
    return simplify({ top: poly.add(a.top, b.top), bottom: a.bottom });
  const top = poly.add(poly.multiply(a.top, b.bottom), poly.multiply(b.top, a.bottom));
  return simplify({ top, bottom: poly.multiply(a.bottom, b.bottom) });
}

function multiplyForms(a: ExactForm, b: ExactForm): ExactForm {
  return simplify({ top: poly.multiply(a.top, b.top), bottom: poly.multiply(a.bottom, b.bottom) });
}

/** A bottom of one term moves up as negative exponents; any other gets 1 as its first coefficient. */
function simplify({ top, bottom }: ExactForm): ExactForm {
  if (bottom === unit) return { top, bottom };
  const term = poly.onlyTerm(bottom);
  if (term === undefined) {
    const first = [...bottom].sort(([a], [b]) => (a < b ? -1 : 1))[0]?.[1].coefficient ?? fraction.one;
    const factor = fraction.divide(fraction.one, first);
    return { top: poly.scale(top, factor), bottom: poly.scale(bottom, factor) };
  }
  const powers = new Map([...term.powers].map(([name, exponent]) => [name, fraction.negate(exponent)]));
  const inverse = poly.single(fraction.divide(fraction.one, term.coefficient), powers);
  return { top: poly.multiply(top, inverse), bottom: unit };
}

function powerForm(base: ExactForm, exponent: ExactForm): ExactForm {
  const value = constantForm(exponent);
  if (value === undefined && exponent.bottom === unit && base.bottom === unit)
    return powerOfSum(base, exponent.top);
  if (value === undefined || fraction.toNumber(value) ** 2 > largestExponent ** 2)
    return opaque("power", [base, exponent]);
  if (value.bottom === 1n) return integerPower(base, Number(value.top));
  return rootForm(base, value);
}

/** A power to what is no number, term by term: 2^{n+1} is 2·2^n, and 4^n is (2^n)^2. */
function powerOfSum(base: ExactForm, exponent: Polynomial): ExactForm {
  const term = poly.onlyTerm(base.top);
  if (term === undefined || term.coefficient.top < 0n)
    return opaque("power", [base, { top: exponent, bottom: unit }]);
  const factors = [
    ...primesOf(term.coefficient).map(([prime, count]) => [`#${prime}`, fraction.rational(count)] as const),
    ...term.powers,
  ];
  let product: ExactForm = { top: unit, bottom: unit };
  for (const [key, { coefficient, powers }] of exponent) {
    if (powers.size === 0) {
      product = multiplyForms(product, powerForm(base, { top: poly.single(coefficient), bottom: unit }));
      continue;
    }
    for (const [name, inner] of factors) {
      // (x^m)^{1/2} and the like have two values where x may be negative.
      const times = fraction.multiply(inner, coefficient);
      if (!positive.test(name) && (times.bottom !== 1n || inner.bottom !== 1n))
        return opaque("power", [base, { top: exponent, bottom: unit }]);
      const power = poly.single(fraction.one, new Map([[`power(${name};${key})`, times]]));
      product = multiplyForms(product, { top: power, bottom: unit });
    }
  }
  return product;
}

function integerPower(base: ExactForm, exponent: number): ExactForm {
  if (exponent < 0) return integerPower(divideForms({ top: unit, bottom: unit }, base), -exponent);
  const term = poly.onlyTerm(base.top);
  if (term !== undefined && base.bottom === unit) {
    const times = fraction.rational(BigInt(exponent));
    const powers = new Map([...term.powers].map(([name, inner]) => [name, fraction.multiply(inner, times)]));
    return { top: poly.single(fraction.power(term.coefficient, exponent), powers), bottom: unit };
  }
  if (exponent > 30) throw new TooHardError("a power has too many terms to compare");
  let result: ExactForm = { top: unit, bottom: unit };
  for (let count = 0; count < exponent; count++) result = multiplyForms(result, base);
  return result;
}

function rootForm(base: ExactForm, exponent: Rational): ExactForm {
  if (base.top.size === 0) return base;
  const term = poly.onlyTerm(base.top);
  if (term === undefined || base.bottom !== unit) {
    const content = contentOf(base);
    if (content.top === content.bottom)
      return opaque("power", [base, { top: poly.single(exponent), bottom: unit }]);
    const rest = { top: poly.scale(base.top, fraction.divide(fraction.one, content)), bottom: base.bottom };
    return multiplyForms(rootOfNumber(content, exponent), rootForm(rest, exponent));
  }
  const powers = new Map<string, Rational>();
  for (const [name, inner] of term.powers) {
    const safe = positive.test(name) || (inner.top === 1n && inner.bottom === 1n && name !== "i");
    if (!safe) return opaque("power", [base, { top: poly.single(exponent), bottom: unit }]);
    powers.set(name, fraction.multiply(inner, exponent));
  }
  return multiplyForms(rootOfNumber(term.coefficient, exponent), {
    top: poly.single(fraction.one, powers),
    bottom: unit,
  });
}

/** Odd roots of negative numbers are real, square roots are i times one, as in school. */
function rootOfNumber(value: Rational, exponent: Rational): ExactForm {
  const size = value.top < 0n ? fraction.negate(value) : value;
  const { factor, roots } = raise(size, exponent);
  const powers = new Map([...roots].map(([prime, part]) => [`#${prime}`, part]));
  const root = { top: poly.single(factor, powers), bottom: unit };
  if (value.top >= 0n) return root;
  if (exponent.bottom % 2n === 1n)
    return exponent.top % 2n === 0n
      ? root
      : multiplyForms(root, { top: poly.single(fraction.rational(-1n)), bottom: unit });
  if (exponent.bottom !== 2n)
    return multiplyForms(
      root,
      opaque("power", [integerForm(-1n), { top: poly.single(exponent), bottom: unit }]),
    );
  return multiplyForms(root, integerPower({ top: poly.atom("i"), bottom: unit }, Number(exponent.top)));
}

/** The positive common factor of the top's coefficients. */
function contentOf(form: ExactForm): Rational {
  let top = 0n;
  let bottom = 1n;
  for (const { coefficient } of form.top.values()) {
    top = fraction.greatestDivisor(top, coefficient.top);
    bottom = (bottom * coefficient.bottom) / fraction.greatestDivisor(bottom, coefficient.bottom);
  }
  return fraction.rational(top, bottom);
}

/** Functions that are quotients of sine and cosine. */
const quotients: Readonly<Record<string, { top: string; bottom: string }>> = {
  tan: { top: "sin", bottom: "cos" },
  cot: { top: "cos", bottom: "sin" },
  sec: { top: "1", bottom: "cos" },
  csc: { top: "1", bottom: "sin" },
};

function callForm(name: string, inputs: readonly ExactForm[]): ExactForm {
  const quotient = quotients[name];
  if (quotient !== undefined) {
    const { top, bottom } = quotient;
    return divideForms(top === "1" ? integerForm(1n) : opaque(top, inputs), opaque(bottom, inputs));
  }
  const values = inputs.map(constantForm);
  const [first, second] = values;
  if (name === "abs" && first !== undefined)
    return { top: poly.single(first.top < 0n ? fraction.negate(first) : first), bottom: unit };
  if (name === "factorial" && isCount(first, 200)) return integerForm(factorial(first.top));
  if (name === "binomial" && isCount(first, 1_000_000_000) && isCount(second, 1_000_000_000)) {
    const chosen = binomial(first.top, second.top);
    if (chosen !== undefined) return integerForm(chosen);
  }
  if (name === "degree" && inputs[0] !== undefined)
    return multiplyForms(inputs[0], {
      top: poly.single(fraction.rational(1n, 180n), new Map([["pi", fraction.one]])),
      bottom: unit,
    });
  return opaque(name, inputs);
}

function isCount(value: Rational | undefined, most: number): value is Rational {
  return value !== undefined && value.bottom === 1n && value.top >= 0n && value.top <= BigInt(most);
}

function factorial(count: bigint): bigint {
  let product = 1n;
  for (let factor = 2n; factor <= count; factor++) product *= factor;
  return product;
}

/** Undefined where neither what is chosen nor what is left is few. */
function binomial(all: bigint, chosen: bigint): bigint | undefined {
  if (chosen > all) return 0n;
  const fewer = chosen * 2n > all ? all - chosen : chosen;
  if (fewer > 200n) return undefined;
  let product = 1n;
  for (let count = 1n; count <= fewer; count++) product = (product * (all - fewer + count)) / count;
  return product;
}

function integerForm(value: bigint): ExactForm {
  return { top: poly.single(fraction.rational(value)), bottom: unit };
}

function opaque(name: string, inputs: readonly ExactForm[]): ExactForm {
  const texts = inputs.map(({ top, bottom }) => `${poly.format(top)}/${poly.format(bottom)}`);
  return { top: poly.atom(`${name}(${texts.join(";")})`), bottom: unit };
}
