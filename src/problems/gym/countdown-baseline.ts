import type { Random } from "../../thought/random.ts";
import { type CountdownTask, gradeExpression } from "./countdown-checker.ts";
import { legalMoves, type Move, substitutions } from "./countdown-moves.ts";
import { renderExpression } from "./expression.ts";

/** An expression made by legal moves drawn uniformly until one number is left, whatever it is; undefined if stuck. */
export function randomExpression(numbers: readonly number[], random: Random): string | undefined {
  const path: Move[] = [];
  let remaining = numbers;
  while (remaining.length > 1) {
    const moves = legalMoves(remaining);
    if (moves.length === 0) return undefined;
    const move = random.pick(moves);
    path.push(move);
    remaining = move.remaining;
  }
  const whole = substitutions(path).at(-1);
  return whole && renderExpression(whole);
}

/**
 * What the checker alone is worth: whether one of `tries` random expressions is right. Every report on Countdown shows
 * this beside the model's figures, since enough random tries solve most small problems.
 */
export function solvedByRandomMoves(task: CountdownTask, tries: number, random: Random): boolean {
  for (let attempt = 0; attempt < tries; attempt++) {
    const expression = randomExpression(task.numbers, random);
    if (expression !== undefined && gradeExpression(task, expression).correct) return true;
  }
  return false;
}
