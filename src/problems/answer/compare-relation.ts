import { type ExactForm, exactForm, subtractForms } from "./exact-form.ts";
import { TooHardError, UnreadableError } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import * as poly from "./polynomial.ts";
import * as fraction from "./rational.ts";
import { ascending, type Relation } from "./relation.ts";
import { no, type Verdict, yes } from "./verdict.ts";

/**
 * Compares two relations of two sides up to a factor: `2x - y = -1` and `y = 2x + 1`, `-x > -1` and `x < 1`. The factor
 * of an inequality has to be positive.
 */
export function compareRelations(gold: Relation, prediction: Relation): Verdict {
  const a = ascending(gold);
  const b = ascending(prediction);
  if (a.signs.join(" ") !== b.signs.join(" ")) return no("the relations differ");
  const sign = a.signs[0] ?? "";
  try {
    const factor = factorBetween(difference(a.texts), difference(b.texts));
    if (factor === undefined) return no("the relations differ");
    if (sign !== "=" && sign !== "\\ne" && factor.top < 0n) return no("the inequality points the other way");
    return yes("the same relation up to a factor");
  } catch (error) {
    if (error instanceof TooHardError || error instanceof UnreadableError || error instanceof RangeError)
      return no(error.message);
    throw error;
  }
}

function difference([left = "", right = ""]: readonly string[]): ExactForm {
  return subtractForms(exactForm(parseExpression(left)), exactForm(parseExpression(right)));
}

/** The fraction by which the first differs from the second; undefined where there is none. */
function factorBetween(a: ExactForm, b: ExactForm): fraction.Rational | undefined {
  if (a.top.size === 0 || b.top.size === 0) return a.top.size === b.top.size ? fraction.one : undefined;
  // Multiplied across, both are polynomials, whose first terms tell the factor.
  const left = poly.multiply(a.top, b.bottom);
  const right = poly.multiply(b.top, a.bottom);
  const first = left.entries().next().value;
  const other = first === undefined ? undefined : right.get(first[0]);
  if (first === undefined || other === undefined) return undefined;
  const factor = fraction.divide(first[1].coefficient, other.coefficient);
  return poly.subtract(left, poly.scale(right, factor)).size === 0 ? factor : undefined;
}
