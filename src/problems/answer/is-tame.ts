import type { Expression } from "./expression.ts";
import { toNumber } from "./rational.ts";

const largestNumber = 1e9;
const largestInExponent = 100;
const mostFactors = 40;

/**
 * Whether an expression can safely be handed to a program that works out whatever it can: no power within an exponent,
 * no large number or product there, no factorial, and no more than a few parts.
 */
export function isTame(expression: Expression): boolean {
  return cost(expression, false) <= mostFactors;
}

function cost(expression: Expression, inExponent: boolean): number {
  const all = (parts: readonly Expression[]) => parts.reduce((sum, part) => sum + cost(part, inExponent), 1);
  switch (expression.kind) {
    case "number":
      return Math.abs(toNumber(expression.value)) <= (inExponent ? largestInExponent : largestNumber)
        ? 1
        : Number.POSITIVE_INFINITY;
    case "name":
      return 1;
    case "sum":
      return all(expression.terms);
    case "product":
      // Nine factors of a hundred are no small exponent either.
      return all(expression.factors) * (inExponent ? 2 : 1);
    case "quotient":
      return all([expression.top, expression.bottom]);
    case "power":
      return inExponent
        ? Number.POSITIVE_INFINITY
        : 1 + cost(expression.base, false) + cost(expression.exponent, true);
    case "call":
      return /^(?:factorial|binomial|sum|prod)/.test(expression.name)
        ? Number.POSITIVE_INFINITY
        : all(expression.inputs);
  }
}
