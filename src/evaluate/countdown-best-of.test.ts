import { describe, expect, it } from "vitest";
import { solvedByRandomMoves } from "../problems/gym/countdown-baseline.ts";
import { Random } from "../thought/random.ts";
import { countdownBestOf } from "./countdown-best-of.ts";
import type { Generator } from "./gym-accuracy.ts";
import { countdownTask, groupProblems } from "./gym-problems.ts";

const problems = groupProblems(
  { name: "countdown", family: "countdown", numbers: 3 },
  { split: "validation", phrasing: "trained", seed: 3, count: 60 },
);
const golds = new Map(problems.map(({ question, gold }) => [question.id, gold]));
const settings = { samples: 8, temperature: 0.8, seed: 5 };

/** Right on every second problem, with its last sample only. */
const everySecond: Generator = async ({ id }, { samples }) => {
  const right = problems.findIndex(({ question }) => question.id === id) % 2 === 0;
  return Array.from({ length: samples }, (_, sample) => ({
    thought: "",
    answer: right && sample === samples - 1 ? (golds.get(id) ?? "") : "1 + 1",
    tokens: 10,
  }));
};

describe("countdownBestOf", () => {
  it("counts a problem as solved when the checker finds one right sample", async () => {
    const { model, samples } = await countdownBestOf(problems, everySecond, settings);
    expect(samples).toBe(8);
    expect(model).toMatchObject({ right: 30, trials: 60 });
  });

  it("gives random moves the same problems and as many tries", async () => {
    const { randomBest, randomOnce, model, gain } = await countdownBestOf(problems, everySecond, settings);
    const solved = problems.filter((problem) =>
      solvedByRandomMoves(countdownTask(problem), 8, new Random(`5/${problem.question.id}`)),
    );
    expect(randomBest.right).toBe(solved.length);
    expect(randomOnce.right).toBeLessThan(randomBest.right);
    expect(gain.difference).toBeCloseTo(model.share - randomBest.share, 10);
  });

  it("does not believe what the reference says: a right value from other numbers is wrong", async () => {
    const target: Generator = async ({ id }) => {
      const problem = problems.find(({ question }) => question.id === id);
      const wanted = problem === undefined ? 0 : countdownTask(problem).target;
      return [{ thought: "", answer: `${wanted - 1} + 1`, tokens: 5 }];
    };
    const { model } = await countdownBestOf(problems, target, { ...settings, samples: 1 });
    expect(model.right).toBe(0);
  });
});
