import { describe, expect, it } from "vitest";
import { countdownTask } from "../../evaluate/gym-problems.ts";
import { gradeGym } from "../../problems/gym/gym.ts";
import { splitOf } from "../../problems/gym/splits.ts";
import {
  type CountdownChoice,
  countdownPlaces,
  novelties,
  problemAt,
  solvedAt,
} from "./countdown-problems.ts";

const problemsOf = (choice: CountdownChoice) => [...countdownPlaces(choice)].map(problemAt);
const solvedOf = (choice: CountdownChoice) => [...countdownPlaces(choice)].map(solvedAt);

const contents = (of: { gold: string }) => {
  const { numbers, target } = countdownTask(of);
  return { set: [...numbers].sort((one, other) => one - other).join(), target: `=${target}` };
};

describe("the problems of the reference journey", () => {
  it("share no set and no target with training where they are new in both", () => {
    const trained = solvedOf({ split: "train", numbers: 3, count: 300, seed: 1 });
    const sets = new Set(trained.map(({ answer }) => contents({ gold: answer }).set));
    const targets = new Set(trained.map(({ answer }) => contents({ gold: answer }).target));
    const tested = problemsOf({
      ...{ split: "test", numbers: 3, count: 40, seed: 9, novelty: "both new" },
    });
    for (const problem of tested) {
      const { set, target } = contents(problem);
      expect([sets.has(set), targets.has(target)]).toEqual([false, false]);
    }
  });

  it.each(novelties)("are new in what they are said to be new in: %s", (novelty) => {
    const problems = problemsOf({ split: "test", numbers: 3, count: 25, seed: 2, novelty });
    for (const problem of problems) {
      const { set, target } = contents(problem);
      const isNew = { set: splitOf(set) === "test", target: splitOf(target) === "test" };
      const meant = { set: novelty !== "new target", target: novelty !== "new set" };
      expect(isNew).toEqual(meant);
      expect(problem.tags).toEqual({ numbers: "3", set, novelty });
    }
  });

  it("go on where another choice ended, with other problems", () => {
    const choice = { split: "train", numbers: 3, seed: 5 } as const;
    const all = problemsOf({ ...choice, count: 90 });
    expect(problemsOf({ ...choice, skip: 60, count: 30 })).toEqual(all.slice(60));
  });

  it("are refused where there are not so many", () => {
    const choice = { split: "train", numbers: 5, count: 7, seed: 1 } as const;
    expect(() => problemsOf(choice)).toThrow("train has about 0 problems of 5 numbers, and 7 are asked for");
  });

  it("come once each, the same each time, with shortcuts that are right", () => {
    const choice = { split: "train", numbers: 4, count: 60, seed: 3 } as const;
    const solved = solvedOf(choice);
    const problems = problemsOf(choice);
    expect(solvedOf(choice)).toEqual(solved);
    expect(new Set(problems.map((problem) => JSON.stringify(contents(problem)))).size).toBe(60);
    for (const [index, problem] of problems.entries())
      expect(gradeGym(problem, solved[index]?.answer ?? "")).toMatchObject({ correct: true });
  });
});
