import { describe, expect, it } from "vitest";
import { gradeProblem } from "./grade-problem.ts";

describe("grading an answer to a problem", () => {
  it("takes any right expression for a game of 24, and none that reuses a number", async () => {
    const problem = { source: "game24", family: "countdown", gold: "(10 - 4) * 8 / 2" };
    expect((await gradeProblem(problem, "8 * (10 - 4) / 2")).correct).toBe(true);
    expect((await gradeProblem(problem, "4 * 4 + 8")).correct).toBe(false);
  });

  it("compares answers of a benchmark as mathematics", async () => {
    const problem = { source: "math500", family: "math500", gold: "\\frac{1}{2}" };
    expect(await gradeProblem(problem, "The answer is \\boxed{0.5}.")).toMatchObject({ correct: true });
    expect(await gradeProblem(problem, "2")).toMatchObject({ correct: false });
  });

  it("grades a gym problem by its family", async () => {
    const problem = { source: "gym", family: "decimals", gold: "9.7" };
    expect((await gradeProblem(problem, "9.7")).correct).toBe(true);
    expect((await gradeProblem(problem, "9.11")).correct).toBe(false);
  });
});
