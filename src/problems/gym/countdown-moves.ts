import type { Expression, Operator } from "./expression.ts";

/** Two of the remaining numbers put together; `result` takes their place. */
export interface Move {
  left: number;
  operator: Operator;
  right: number;
  result: number;
  /** What remains: the result first, then the numbers not used, in their order. */
  remaining: readonly number[];
}

/** The largest result that a move may have. */
const largestResult = 999;

/** The result of a move where the rules allow it: a whole number from 1 to 999. */
function resultOf(left: number, operator: Operator, right: number): number | undefined {
  const result =
    operator === "+"
      ? left + right
      : operator === "-"
        ? left - right
        : operator === "*"
          ? left * right
          : left / right;
  return Number.isInteger(result) && result >= 1 && result <= largestResult ? result : undefined;
}

/** Every legal move, each pair of equal numbers once; subtraction and division put the larger number first. */
export function legalMoves(numbers: readonly number[]): Move[] {
  const moves: Move[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < numbers.length; i++) {
    for (let j = i + 1; j < numbers.length; j++) {
      const [a, b] = [numbers[i] ?? 0, numbers[j] ?? 0];
      const [larger, smaller] = a >= b ? [a, b] : [b, a];
      if (seen.has(`${larger} ${smaller}`)) continue;
      seen.add(`${larger} ${smaller}`);
      const others = numbers.filter((_, index) => index !== i && index !== j);
      for (const operator of ["+", "-", "*", "/"] as const) {
        const result = resultOf(larger, operator, smaller);
        if (result === undefined) continue;
        moves.push({ left: larger, operator, right: smaller, result, remaining: [result, ...others] });
      }
    }
  }
  return moves;
}

/** How the last two numbers can be put together, in the order in which a thought tries them. */
export function finalMoves(numbers: readonly number[]): Move[] {
  return legalMoves(numbers).filter(isSensible);
}

/** The largest intermediate result that a thought goes through: beyond it, small models cannot multiply. */
const largestSensible = 200;

/** Leaves out what no one needs: dividing by 1 (multiplying does the same) and results far beyond any target. */
export function isSensible({ operator, right, result }: Move): boolean {
  return result <= largestSensible && !(operator === "/" && right === 1);
}

/** Whether sensible moves lead from the numbers to the target. */
export function isReachable(numbers: readonly number[], target: number): boolean {
  if (numbers.length === 1) return numbers[0] === target;
  return legalMoves(numbers).some((move) => isSensible(move) && isReachable(move.remaining, target));
}

/** All targets that sensible moves lead to. */
export function reachableTargets(numbers: readonly number[]): Set<number> {
  const found = new Set<number>();
  const visit = (remaining: readonly number[]): void => {
    if (remaining.length === 1) found.add(remaining[0] ?? 0);
    else for (const move of legalMoves(remaining)) if (isSensible(move)) visit(move.remaining);
  };
  visit(numbers);
  return found;
}

/**
 * The final expression and how it comes about: starting from the last move, the result of each earlier move is
 * replaced by that move, so that only the given numbers remain in the end.
 */
export function substitutions(path: readonly Move[]): Expression[] {
  const [last, ...earlier] = [...path].reverse();
  if (last === undefined) return [];
  const stages: Expression[] = [asOperation(last)];
  for (const move of earlier) {
    const stage = stages.at(-1);
    if (stage) stages.push(replaceNumber(stage, move.result, asOperation(move)) ?? stage);
  }
  return stages;
}

function asOperation({ left, operator, right }: Move): Expression {
  const number = (value: number): Expression => ({ kind: "number", value });
  return { kind: "operation", operator, left: number(left), right: number(right) };
}

/** Replaces the leftmost occurrence of a number; undefined where it does not occur. */
function replaceNumber(within: Expression, value: number, by: Expression): Expression | undefined {
  if (within.kind === "number") return within.value === value ? by : undefined;
  const left = replaceNumber(within.left, value, by);
  if (left) return { ...within, left };
  const right = replaceNumber(within.right, value, by);
  return right && { ...within, right };
}
