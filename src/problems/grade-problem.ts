import { gradeAnswer } from "./answer/grade-answer.ts";
import type { Grade, Problem } from "./problem.ts";

/** Sources whose problems have a gym family's own exact grader. */
const graded = new Set(["gym", "game24"]);

/**
 * Grades an answer to a problem of any source: one of a gym family by that family's exact grader, every other one by
 * comparing with the reference answer ({@link gradeAnswer}). Never throws for what an answer may hold.
 */
export async function gradeProblem(
  problem: Pick<Problem, "source" | "family" | "gold">,
  answer: string,
): Promise<Grade> {
  if (graded.has(problem.source)) {
    // Loaded only here: nothing else on the way of a benchmark needs the gym.
    const { gradeGym } = await import("./gym/gym.ts");
    return gradeGym(problem, answer);
  }
  const { equal, reason } = await gradeAnswer(problem.gold, answer);
  return { correct: equal, reason };
}
