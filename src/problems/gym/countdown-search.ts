import type { Random } from "../../thought/random.ts";
import {
  finalMoves,
  isReachable,
  isSensible,
  legalMoves,
  type Move,
  substitutions,
} from "./countdown-moves.ts";
import { renderExpression } from "./expression.ts";

/** Most lines of a search; longer ones are drawn again, so that thoughts stay within a small model's context. */
const mostLines = 22;

/** A leaning so strong that only moves towards the target are tried. */
export const noWrongTurns = 1000;

const listed = (numbers: readonly number[]): string => numbers.join(" ");
const equation = ({ left, operator, right, result }: Move): string =>
  `${left} ${operator} ${right} = ${result}`;
/** The target stands beside the result that it is compared with. */
const verdictLine = (move: Move, target: number): string =>
  `${equation(move)} for ${target} ${move.result === target ? "yes" : "no"}`;
const leftList = / left ([\d ]+)$/;
const moveLine = (move: Move): string => `${equation(move)}, left ${listed(move.remaining)}`;

/**
 * Depth-first search as a person does it: the likelier move first, a few tries at each level, then back. Likelier is
 * what comes close to the target, with noise, and with a leaning towards moves that do lead there.
 */
class NoisySearch {
  readonly lines: string[] = [];
  readonly #target: number;
  readonly #random: Random;
  readonly #leaning: number;

  constructor(target: number, random: Random, leaning: number) {
    this.#target = target;
    this.#random = random;
    this.#leaning = leaning;
  }

  /** The moves to the target, or undefined where the tries or the lines ran out. */
  run(numbers: readonly number[], tries: number): Move[] | undefined {
    if (numbers.length === 2) return this.#finish(numbers);
    for (const [tried, move] of this.#ordered(numbers).slice(0, tries).entries()) {
      if (this.lines.length > mostLines) return undefined;
      if (tried > 0) this.lines.push(`wait, back to ${listed(numbers)}`);
      this.lines.push(moveLine(move));
      const rest = this.run(move.remaining, this.#random.integer(1, 3));
      if (rest) return [move, ...rest];
    }
    return undefined;
  }

  #finish(numbers: readonly number[]): Move[] | undefined {
    for (const move of finalMoves(numbers)) {
      const found = move.result === this.#target;
      this.lines.push(verdictLine(move, this.#target));
      if (found) return [move];
    }
    return undefined;
  }

  #ordered(numbers: readonly number[]): Move[] {
    const rated = legalMoves(numbers)
      .filter(isSensible)
      .map((move) => {
        const closeness = -0.5 * Math.log(1 + Math.abs(move.result - this.#target));
        const leaning = isReachable(move.remaining, this.#target) ? this.#leaning : 0;
        // Gumbel noise turns the order into draws without replacement from a softmax over the ratings.
        const noise = -Math.log(-Math.log(this.#random.next() + 1e-12));
        return { move, rating: closeness + leaning + noise };
      });
    return rated.sort((a, b) => b.rating - a.rating).map(({ move }) => move);
  }
}

/**
 * The lines of a search that finds the target, and the moves that make it.
 *
 * @param numbers from which the target must be reachable by sensible moves
 * @param leaning how much likelier moves that lead to the target are tried, in nats; `noWrongTurns` for none
 */
export function searchLines(
  numbers: readonly number[],
  target: number,
  random: Random,
  leaning: number,
): { lines: string[]; path: Move[] } {
  for (let more = leaning; ; more += 0.25) {
    const search = new NoisySearch(target, random, more);
    const path = search.run(numbers, Number.POSITIVE_INFINITY);
    if (path && search.lines.length <= mostLines) return { lines: search.lines, path };
  }
}

/** The moves of a path alone, and then its expression in the given numbers, one substitution a line. */
export function pathLines(path: readonly Move[]): string[] {
  return path.map((move, index) =>
    index < path.length - 1 ? moveLine(move) : verdictLine(move, move.result),
  );
}

/** From the last move back to the given numbers: `36 = 12 * 3 so 12 * 3 - 3`. */
export function assemblyLines(path: readonly Move[]): string[] {
  const [first = "", ...later] = substitutions(path).map(renderExpression);
  const earlier = path.slice(0, -1).reverse();
  return [
    `so ${first}`,
    ...earlier.map(
      ({ left, operator, right, result }, index) =>
        `${result} = ${left} ${operator} ${right} so ${later[index] ?? ""}`,
    ),
  ];
}

/** Whether a line of a search still leads to the target: what is left after its move, or the verdict on its result. */
export function leadsToTarget(line: string, target: number): boolean {
  const left = leftList.exec(line)?.[1];
  if (left !== undefined) return isReachable(left.split(" ").map(Number), target);
  return !line.endsWith(" no");
}
