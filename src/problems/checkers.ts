import { InputError } from "../thought/errors.ts";
import { countdownChecker } from "./gym/countdown-checker.ts";
import type { Checker } from "./problem.ts";

/** Rules that verify an answer from the question alone. They take part only where a caller names one. */
const checkers: readonly Checker[] = [countdownChecker];

/** The names of all rules. */
export const checkerNames: readonly string[] = checkers.map(({ name }) => name);

/** The checker of this name. Throws an InputError that lists all of them. */
export function findChecker(name: string): Checker {
  const found = checkers.find((checker) => checker.name === name);
  if (found !== undefined) return found;
  throw new InputError(`no checker "${name}"; there is ${checkerNames.join(", ")}`);
}
