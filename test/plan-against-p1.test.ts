import { beforeAll, describe, expect, test } from "vitest";
import { type Comparison, compare, sequenceOf } from "../bench/plan/measure.ts";
import { endings, SOLUTION } from "../bench/plan/planners.ts";

describe("plan against P1's loop, on the same scripted planners", () => {
  let all: Comparison[];
  beforeAll(async () => {
    all = await compare(endings, [2, 5, 8, 10]);
  });

  test("comes to the same answer", () => {
    const answers = all.flatMap(({ p1, plan, planOfThree }) => [p1.answer, plan.answer, planOfThree.answer]);
    expect(new Set(answers)).toEqual(new Set([SOLUTION]));
  });

  test("P1 runs all of its steps unless it finds its word, and then one step past the solution", () => {
    for (const { ending, solvesAt, p1 } of all) {
      const steps = ending === "in P1's word" ? Math.min(10, solvesAt + 1) : 10;
      expect(p1.inSequence).toBe(steps + 2);
    }
  });

  test("stops at the step that solves it where the planner says so, else one step later", () => {
    for (const { ending, solvesAt, plan } of all) {
      const steps = ending === "never" ? Math.min(10, solvesAt + 1) : solvesAt;
      expect(plan.inSequence).toBe(steps + 1);
      expect(plan.calls).toBe(plan.inSequence);
    }
  });

  test("has no more calls in sequence with three planners at once", () => {
    for (const { plan, planOfThree } of all) {
      expect(planOfThree.inSequence).toBe(plan.inSequence);
      expect(planOfThree.calls).toBe(3 * (plan.inSequence - 1) + 1);
    }
  });

  test("never has more calls in sequence, and most often far fewer", () => {
    for (const { p1, plan, planOfThree } of all) {
      expect(Math.max(plan.inSequence, planOfThree.inSequence)).toBeLessThanOrEqual(p1.inSequence);
    }
    const published = all.filter(({ ending }) => ending !== "in P1's word");
    expect(sequenceOf(published, "plan")).toBeLessThan(0.65 * sequenceOf(published, "p1"));
  });
});
