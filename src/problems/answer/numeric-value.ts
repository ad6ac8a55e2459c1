import type { Expression } from "./expression.ts";
import { toNumber } from "./rational.ts";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const inverses: Readonly<Record<string, string>> = { cot: "tan", sec: "cos", csc: "sin" };

/**
 * An expression's value in floating point, with a number for each variable. Only ever used to tell expressions apart,
 * never to find them equal. NaN where a function has no value here.
 */
export function numericValue(expression: Expression, variable: (name: string) => number): Complex {
  const value = (inner: Expression) => numericValue(inner, variable);
  switch (expression.kind) {
    case "number":
      return real(toNumber(expression.value));
    case "name":
      return constantNamed(expression.name) ?? real(variable(expression.name));
    case "sum":
      return expression.terms.map(value).reduce((a, b) => ({ re: a.re + b.re, im: a.im + b.im }), real(0));
    case "product":
      return expression.factors.map(value).reduce(times, real(1));
    case "quotient":
      return times(value(expression.top), inverse(value(expression.bottom)));
    case "power":
      return toPower(value(expression.base), value(expression.exponent));
    case "call":
      return callValue(expression.name, expression.inputs.map(value));
  }
}

function constantNamed(name: string): Complex | undefined {
  if (name === "pi") return real(Math.PI);
  if (name === "e") return real(Math.E);
  if (name === "i") return { re: 0, im: 1 };
  return name === "oo" || /^\d/.test(name) ? real(Number.NaN) : undefined;
}

function real(value: number): Complex {
  return { re: value, im: 0 };
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function inverse(a: Complex): Complex {
  const size = a.re * a.re + a.im * a.im;
  return { re: a.re / size, im: -a.im / size };
}

function toPower(base: Complex, exponent: Complex): Complex {
  const size = Math.hypot(base.re, base.im);
  if (size === 0) return real(exponent.re > 0 ? 0 : Number.NaN);
  if (base.im === 0 && base.re > 0 && exponent.im === 0) return real(base.re ** exponent.re);
  const turn = Math.atan2(base.im, base.re);
  const length = Math.exp(exponent.re * Math.log(size) - exponent.im * turn);
  const angle = exponent.im * Math.log(size) + exponent.re * turn;
  return { re: length * Math.cos(angle), im: length * Math.sin(angle) };
}

function callValue(name: string, inputs: readonly Complex[]): Complex {
  const [first = real(Number.NaN), second] = inputs;
  if (name === "abs") return real(Math.hypot(first.re, first.im));
  if (first.im !== 0 || (second?.im ?? 0) !== 0) return real(Number.NaN);
  const x = first.re;
  const inverted = inverses[name];
  if (inverted !== undefined) return inverse(callValue(inverted, inputs));
  const simple: Readonly<Record<string, (x: number) => number>> = {
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    exp: Math.exp,
    ln: Math.log,
    degree: (degrees) => (degrees * Math.PI) / 180,
  };
  // A logarithm without a base is read in two ways, so it tells nothing apart.
  if (name === "log" && second !== undefined) return real(Math.log(second.re) / Math.log(x));
  return real(simple[name]?.(x) ?? Number.NaN);
}
