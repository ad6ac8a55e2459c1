import type { CountdownTask } from "../problems/gym/countdown-checker.ts";
import { evaluate, numbersIn, parseExpression } from "../problems/gym/expression.ts";
import { familyNames, gymProblem } from "../problems/gym/gym.ts";
import type { Problem, Split } from "../problems/problem.ts";

/** A group of gym problems that a report gives a line of its own. */
export interface GymGroup {
  /** The family, for Countdown with how many numbers: `countdown, 3 numbers`. */
  name: string;
  family: string;
  /** Only problems with this many numbers. */
  numbers?: number;
}

/** The groups of a report: every family, Countdown with three and with four numbers apart. */
export const gymGroups: readonly GymGroup[] = familyNames.flatMap((family): GymGroup[] =>
  family === "countdown"
    ? [3, 4].map((numbers) => ({ name: `countdown, ${numbers} numbers`, family, numbers }))
    : [{ name: family, family }],
);

/** Which problems of a group are meant. The same choice always gives the same problems. */
export interface GymChoice {
  split: Split;
  phrasing: "trained" | "held-out";
  seed: number;
  count: number;
}

/** The problems of a group, at full difficulty. */
export function groupProblems(group: GymGroup, { split, phrasing, seed, count }: GymChoice): Problem[] {
  const problems: Problem[] = [];
  for (let index = 0; problems.length < count; index++) {
    const problem = gymProblem({ family: group.family, split, seed, index, phrasing });
    if (group.numbers === undefined || countdownTask(problem).numbers.length === group.numbers) {
      problems.push(problem);
    }
  }
  return problems;
}

/** Numbers and target of a Countdown problem. */
export function countdownTask({ gold }: Pick<Problem, "gold">): CountdownTask {
  const expression = parseExpression(gold);
  return { numbers: numbersIn(expression), target: Number(evaluate(expression).numerator) };
}
