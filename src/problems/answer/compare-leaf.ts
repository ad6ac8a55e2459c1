import { decimalPattern, isRounding, isRoundingOfNumber } from "./compare-decimal.ts";
import { differNumerically } from "./differ-numerically.ts";
import { constantForm, type ExactForm, exactForm, isOpaque, subtractForms } from "./exact-form.ts";
import type { Expression } from "./expression.ts";
import { isTame } from "./is-tame.ts";
import { TooHardError, UnreadableError } from "./limits.ts";
import { type Measure, readMeasure } from "./measure.ts";
import { numericValue } from "./numeric-value.ts";
import { parseExpression } from "./parse-expression.ts";
import * as fraction from "./rational.ts";
import { renameVariables } from "./rename-variables.ts";
import { isWords, plainText } from "./text-answer.ts";
import { type Comparison, no, type Verdict, yes } from "./verdict.ts";

/** Compares two answers that are single expressions or words. */
export function compareLeaf(gold: string, prediction: string, comparison: Comparison): Verdict {
  if (--comparison.left < 0) throw new TooHardError("the answers have too many parts to compare");
  if (gold === prediction) return yes("the same text");
  const a = readMeasure(gold);
  const b = readMeasure(prediction);
  if (a.unit !== undefined && b.unit !== undefined && a.unit !== b.unit)
    return no(`${a.unit} is not ${b.unit}`);
  // One of several choices, with what it says behind its letter.
  const [, choice] = /^(?:\\text\s*\{)?\(?([A-J])(?:\)|[.:](?=\s))\s*\S/.exec(prediction) ?? [];
  if (choice !== undefined && plainText(gold) === choice.toLowerCase()) return yes("the same choice");
  if (isWords(a.text) || isWords(b.text)) return compareWords(gold, prediction);
  if (a.text === b.text && a.text !== "") return yes("the same but for signs and units around it");
  // A factorial's and a derivative's sign are no punctuation.
  if (
    plainText(gold) === plainText(prediction) &&
    /^[a-z]$/.test(plainText(gold)) &&
    !/[!']/.test(gold + prediction)
  )
    return yes("the same letter");
  return compareFormulas(a, b, comparison);
}

function compareWords(gold: string, prediction: string): Verdict {
  const words = plainText(gold);
  if (words === plainText(prediction) && words !== "") return yes("the same words");
  if (words.replace(/\s/g, "") === plainText(prediction).replace(/\s/g, "") && words !== "")
    return yes("the same words but for spaces");
  return no("the words differ");
}

function compareFormulas(a: Measure, b: Measure, comparison: Comparison): Verdict {
  const left = readFormula(a.text);
  if (typeof left === "string") return no(`the gold answer: ${left}`);
  const read = readFormula(b.text);
  if (typeof read === "string") return no(`the prediction: ${read}`);
  const right = comparison.strict ? read : renameVariables(left, read);
  try {
    const exact = compareForms(left, right, a, b, comparison);
    if (exact !== undefined) return exact;
  } catch (error) {
    if (!(error instanceof TooHardError || error instanceof UnreadableError || error instanceof RangeError))
      throw error;
    if (!(error instanceof TooHardError)) return no(error.message);
  }
  if (differNumerically(left, right)) return no("the values differ");
  // The engine would work such a power out, and its own time limit does not stop it.
  if (!isTame(left) || !isTame(right)) return no("a power or product is too large to compare");
  if (comparison.engine === undefined) {
    comparison.undecided = true;
    return no("not decided by exact arithmetic");
  }
  if (comparison.engine(a.text, b.text)) return yes("the same by an identity");
  return no("no proof that they are the same");
}

function readFormula(text: string): Expression | string {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof TooHardError) return error.message;
    throw error;
  }
}

/** Undefined where exact arithmetic cannot tell. */
function compareForms(
  left: Expression,
  right: Expression,
  a: Measure,
  b: Measure,
  { precision }: Comparison,
): Verdict | undefined {
  const gold = exactForm(left);
  const prediction = exactForm(right);
  const difference = subtractForms(gold, prediction);
  if (difference.top.size === 0) return yes("the same exactly");
  const rounded = compareRoundings(a.text, b.text, { gold, prediction, left, right }, precision);
  if (rounded !== undefined) return rounded;
  const percent = comparePercent(gold, prediction, a, b);
  if (percent !== undefined) return percent;
  return isOpaque(difference) ? undefined : no("the values differ");
}

interface Pair {
  gold: ExactForm;
  prediction: ExactForm;
  left: Expression;
  right: Expression;
}

function compareRoundings(goldText: string, predictionText: string, pair: Pair, precision: number) {
  const sides = [
    [predictionText, pair.gold, pair.left],
    [goldText, pair.prediction, pair.right],
  ] as const;
  for (const [written, form, expression] of sides) {
    if (!decimalPattern.test(written)) continue;
    const value = constantForm(form);
    const rounds =
      value === undefined
        ? isRoundingOfNumber(written, realValue(expression), precision)
        : isRounding(written, value, precision);
    if (rounds) return yes(`the same rounded to ${precision} places or more`);
  }
  return undefined;
}

function realValue(expression: Expression): number {
  const { re, im } = numericValue(expression, () => Number.NaN);
  return Math.abs(im) < 1e-12 ? re : Number.NaN;
}

/** A percent sign on one side alone may stand for a hundredth or for nothing. */
function comparePercent(gold: ExactForm, prediction: ExactForm, a: Measure, b: Measure): Verdict | undefined {
  if (a.percent === b.percent) return undefined;
  const [sign, other] = a.percent
    ? [constantForm(gold), constantForm(prediction)]
    : [constantForm(prediction), constantForm(gold)];
  if (sign === undefined || other === undefined) return undefined;
  const hundredth = fraction.divide(sign, fraction.rational(100n));
  return fraction.same(hundredth, other) ? yes("the same as a percentage") : undefined;
}
