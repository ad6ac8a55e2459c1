import { gradeGym } from "../../problems/gym/gym.ts";
import type { Problem } from "../../problems/problem.ts";
import type { StrategyEntry } from "../../strategies/registry.ts";
import { InputError } from "../../thought/errors.ts";

/**
 * The same strategy, told when an answer that it settled on misses the reference, so that it reflects and corrects itself
 * (the negative signal of propose-critique in O1 Journey, part 1). Only for growing training data, and only for problems
 * of the gym, whose graders answer at once. Strategies that take no notice of the signal are not changed by it.
 *
 * @throws InputError for problems of another source
 */
export function tellMisses(entry: StrategyEntry, problems: ReadonlyMap<string, Problem>): StrategyEntry {
  const other = [...problems.values()].find(({ source }) => source !== "gym");
  if (other !== undefined) {
    throw new InputError(
      `misses can be told for problems of the gym, not of ${other.source}; leave out --tell-misses`,
    );
  }
  return {
    ...entry,
    run(question, think) {
      const problem = problems.get(question.id);
      const misses = (answer: string): boolean => problem !== undefined && !gradeGym(problem, answer).correct;
      return entry.run(question, { ...think, misses });
    },
  };
}
