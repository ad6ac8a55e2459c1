import type { Checker, Grade } from "../problem.ts";
import { ExpressionError, evaluate, numbersIn, parseExpression } from "./expression.ts";

/** What a Countdown question gives. */
export interface CountdownTask {
  numbers: readonly number[];
  target: number;
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

/**
 * Grades an expression exactly: each given number once, no other, and the value is the target. A true `= 33` may stand
 * behind. Intermediate results may be fractions or below zero: the question does not forbid it.
 */
export function gradeExpression({ numbers, target }: CountdownTask, answer: string): Grade {
  const [text = "", ...claims] = answer.trim().replace(/\.$/, "").split("=");
  if (claims.length > 1 || (claims[0] !== undefined && claims[0].trim() !== String(target))) {
    return { correct: false, reason: `claims "= ${claims.join("=").trim()}" instead of = ${target}` };
  }
  try {
    const expression = parseExpression(text);
    const used = ascending(numbersIn(expression)).join(", ");
    const given = ascending(numbers).join(", ");
    if (used !== given) return { correct: false, reason: `uses ${used} instead of ${given}` };
    const { numerator, denominator } = evaluate(expression);
    const correct = numerator === BigInt(target) * denominator;
    const value = denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
    return {
      correct,
      reason: correct ? `makes ${target} from ${given}` : `makes ${value} instead of ${target}`,
    };
  } catch (error) {
    if (error instanceof ExpressionError) return { correct: false, reason: error.message };
    throw error;
  }
}

/**
 * Reads numbers and target out of a question's text: the target stands after `make`, `makes`, `get`, `reach`, `equals`,
 * or `target`; all other whole numbers are given ones. Undefined where that does not fit.
 */
export function readCountdown(text: string): CountdownTask | undefined {
  const found = /\b(?:makes?|get|reach|equals|target)(?: is)?:? (\d+)\b/i.exec(text);
  if (!found) return undefined;
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  const numbers = (rest.match(/\d+/g) ?? []).map(Number);
  return numbers.length < 2 ? undefined : { numbers, target: Number(found[1]) };
}

/** Verifies Countdown answers from the question alone. */
export const countdownChecker: Checker = {
  name: "countdown",
  check(question, answer) {
    const task = readCountdown(question.text);
    if (task) return gradeExpression(task, answer);
    return { correct: false, reason: "the question names no numbers and target that can be read" };
  },
};
