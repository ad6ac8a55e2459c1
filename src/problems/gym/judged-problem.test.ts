import { expect, test } from "vitest";
import { familyNames } from "./gym.ts";
import { judgedProblem } from "./judged-problem.ts";

const places = familyNames.flatMap((family) =>
  Array.from({ length: 40 }, (_, index) => ({ family, split: "test" as const, seed: 3, index })),
);

test("a judged thought is the same every time and says where it first goes wrong", () => {
  for (const place of places) {
    const problem = judgedProblem(place);
    expect(judgedProblem(place)).toEqual(problem);
    const { steps = [], firstError } = problem.recorded ?? {};
    expect(steps.length).toBeGreaterThan(0);
    const wrong = steps.findIndex(({ rating }) => rating === -1);
    expect(firstError).toBe(wrong === -1 ? null : wrong);
  }
});

test("every family has thoughts that are right throughout and thoughts that are not", () => {
  for (const family of familyNames) {
    const errors = places
      .filter((place) => place.family === family)
      .map((place) => judgedProblem(place).recorded?.firstError);
    const right = errors.filter((error) => error === null).length;
    expect(right, family).toBeGreaterThan(5);
    expect(right, family).toBeLessThan(35);
  }
});
