import { gradeGym } from "../../problems/gym/gym.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Attempt } from "./evaluate-stage.ts";

/** What became of thoughts whose first try was right, or wrong; a try ends where the thought turns back. */
export interface TurningBack {
  thoughts: number;
  /** Those that turned back from their first try. */
  turned: number;
  /** Of those, the ones whose answer was right in the end. */
  turnedRight: number;
}

/** A line that turns back: of a draft, or in the gym's words. */
const turn = /^(?:wait\b|bad$|back to )/;

/**
 * Whether thoughts turn back where they should, by whether their first try was right: a model that turns back from right
 * and wrong tries alike gains nothing by it. Thoughts without a whole first try are left out.
 *
 * @param problems with all problems that were tried
 */
export function turningBack(
  attempts: readonly Attempt[],
  problems: readonly Problem[],
): { right: TurningBack; wrong: TurningBack } {
  const byId = new Map(problems.map((problem) => [problem.question.id, problem]));
  const none = (): TurningBack => ({ thoughts: 0, turned: 0, turnedRight: 0 });
  const counts = { right: none(), wrong: none() };
  for (const { problem: id, thought, correct } of attempts) {
    const lines = thought.split("\n");
    const end = lines.findIndex((line) => turn.test(line));
    const tried = end === -1 ? lines : lines.slice(0, end);
    const expression = tried
      .findLast((line) => /\bso /.test(line))
      ?.split("so ")
      .at(-1);
    const problem = byId.get(id);
    if (expression === undefined || problem === undefined) continue;
    const count = counts[gradeGym(problem, expression).correct ? "right" : "wrong"];
    count.thoughts++;
    if (end === -1) continue;
    count.turned++;
    if (correct) count.turnedRight++;
  }
  return counts;
}
