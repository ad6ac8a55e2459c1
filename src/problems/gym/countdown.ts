import type { Random } from "../../thought/random.ts";
import type { Grade } from "../problem.ts";
import { type CountdownTask, gradeExpression } from "./countdown-checker.ts";
import { reachableTargets, substitutions } from "./countdown-moves.ts";
import { assemblyLines, leadsToTarget, noWrongTurns, pathLines, searchLines } from "./countdown-search.ts";
import { evaluate, numbersIn, parseExpression, renderExpression } from "./expression.ts";
import type { Family } from "./family.ts";
import { templates } from "./templates.ts";

/** The numbers in the order in which they are asked, the target, and one solution. */
export interface CountdownInstance extends CountdownTask {
  solution: string;
}

const [smallestTarget, largestTarget] = [10, 100];
/** Leaning towards good moves, chosen so that thoughts of three and four numbers mostly stay under 200 tokens. */
const leaning = 1.5;

function sample(random: Random, difficulty: number): CountdownInstance {
  const largest = Math.round(10 + 15 * difficulty);
  for (;;) {
    const count = random.chance(0.5 * difficulty) ? 4 : 3;
    const numbers = Array.from({ length: count }, () => random.integer(1, largest));
    const targets = [...reachableTargets(numbers)].filter(
      (each) => each >= smallestTarget && each <= largestTarget,
    );
    if (targets.length === 0) continue;
    const target = random.pick(targets);
    const { path } = searchLines(numbers, target, random, noWrongTurns);
    const whole = substitutions(path).at(-1);
    if (whole) return { numbers, target, solution: renderExpression(whole) };
  }
}

const canonical = ({ numbers, target }: CountdownTask): string => `make ${target} from ${numbers.join(" ")}`;

function think(instance: CountdownInstance, random: Random, wrongTurns: boolean): string[] {
  const { numbers, target } = instance;
  const { lines, path } = searchLines(numbers, target, random, wrongTurns ? leaning : noWrongTurns);
  return [canonical(instance), ...(wrongTurns ? lines : pathLines(path)), ...assemblyLines(path)];
}

/** Any right expression will do, so the reference is read for its numbers and its value only. */
function grade(gold: string, answer: string): Grade {
  const reference = parseExpression(gold);
  return gradeExpression(
    { numbers: numbersIn(reference), target: Number(evaluate(reference).numerator) },
    answer,
  );
}

function listWith(numbers: readonly number[], last: string): string {
  return `${numbers.slice(0, -1).join(", ")}${last}${numbers.at(-1)}`;
}

/** Three or four numbers and a target: an expression that uses each number once and makes the target. */
export const countdown: Family<CountdownInstance> = {
  name: "countdown",
  description: "Make a target from three or four numbers: Use 3, 7 and 12 each once with + - * / to make 33.",
  sample,
  keys: ({ numbers, target }) => [[...numbers].sort((a, b) => a - b).join(","), `=${target}`],
  phrasings: templates<CountdownInstance>({
    prefix: "",
    slots: ({ numbers, target }, random) => ({
      and: listWith(numbers, " and "),
      list: random.chance(0.6) ? listWith(numbers, ", ") : numbers.join(" "),
      target: String(target),
    }),
    trained: [
      "Use {and} each once with + - * / to make {target}.",
      "Make {target} from {list}.",
      "Make {target} with the numbers {list}.",
      "Using {and}, make {target}. Each number must be used once.",
      "How can you make {target} from {list} with + - * /?",
      "Write an expression with {list} that equals {target}.",
      "Use each of the numbers {list} once to get {target}.",
      "Countdown: numbers {list}, target {target}.",
      "Numbers: {list}. Target: {target}.",
      "Find an expression that makes {target} from {and}, using each number once.",
      "Combine {and} to reach {target}.",
      "Can you make {target} from {and}?",
      "With {and} and the signs + - * /, make {target}. Use each number once.",
      "Reach {target} using {list} once each.",
      "Play countdown with {list}: the target is {target}.",
    ],
    heldOut: [
      "Target: {target}. Numbers: {list}. Find an expression.",
      "Using each of {list} once, how can you get {target}?",
      "Combine the numbers {list} with + - * / to make {target}.",
      "Find an expression with {and} that equals {target}.",
    ],
  }),
  gold: ({ solution }) => solution,
  grade,
  hardness: ({ numbers }) => (numbers.length > 3 ? "hard" : "medium"),
  judge: ({ target }, thought) => thought.map((line) => leadsToTarget(line, target)),
  shortcut: (instance, random) => think(instance, random, false),
  trace: (instance, random) => think(instance, random, true),
  conclude: (thought) => thought.at(-1)?.split("so ").at(-1) ?? "",
};
