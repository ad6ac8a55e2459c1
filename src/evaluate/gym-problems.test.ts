import { describe, expect, it } from "vitest";
import { gradeExpression } from "../problems/gym/countdown-checker.ts";
import { familyNames } from "../problems/gym/gym.ts";
import { countdownTask, type GymChoice, groupProblems, gymGroups } from "./gym-problems.ts";

const choice: GymChoice = { split: "test", phrasing: "trained", seed: 1, count: 25 };

describe("gym groups", () => {
  it("hold every family, Countdown by the count of its numbers", () => {
    expect(new Set(gymGroups.map(({ family }) => family))).toEqual(new Set(familyNames));
    expect(gymGroups.filter(({ family }) => family === "countdown").map(({ numbers }) => numbers)).toEqual([
      3, 4,
    ]);
  });

  it.each(gymGroups)("$name gives as many problems as asked for, always the same", (group) => {
    const problems = groupProblems(group, choice);
    expect(problems).toHaveLength(choice.count);
    expect(problems).toEqual(groupProblems(group, choice));
    expect(problems.every(({ family, split }) => family === group.family && split === "test")).toBe(true);
  });

  it("asks the same contents in trained and in held-out phrasings", () => {
    for (const group of gymGroups) {
      const golds = (phrasing: GymChoice["phrasing"]) =>
        groupProblems(group, { ...choice, phrasing }).map(({ gold }) => gold);
      expect(golds("held-out")).toEqual(golds("trained"));
    }
  });

  it("reads the task of a Countdown problem out of its reference answer", () => {
    for (const group of gymGroups.filter(({ family }) => family === "countdown")) {
      for (const problem of groupProblems(group, choice)) {
        const task = countdownTask(problem);
        expect(task.numbers).toHaveLength(group.numbers ?? 0);
        expect(gradeExpression(task, problem.gold).correct).toBe(true);
      }
    }
  });
});
