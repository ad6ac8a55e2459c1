import { expect, test } from "vitest";
import { countdownPlaces, problemAt } from "./countdown-problems.ts";
import type { Attempt } from "./evaluate-stage.ts";
import { turningBack } from "./turning-back.ts";

const [problem] = [...countdownPlaces({ split: "train", numbers: 3, count: 1, seed: 1 })].map(problemAt);
if (problem === undefined) throw new Error("the gym has no problem");

function attempt(correct: boolean, ...lines: string[]): Attempt {
  return {
    ...{ problem: problem?.question.id ?? "", set: "", novelty: "new set", numbers: "3", decoding: "greedy" },
    ...{ sample: 0, text: "", correct, outputTokens: 9, thought: ["make it", ...lines].join("\n") },
  };
}

test("thoughts count by their first try: whether it was right, whether they left it, how they ended", () => {
  const { gold } = problem;
  const thoughts = [
    attempt(true, `so ${gold}`),
    attempt(false, `3 = 1 + 2 so ${gold}`, "wait, back to make it", "so 1 + 1"),
    attempt(true, "so 1 + 1", "wait, again", `so ${gold}`),
    attempt(false, "so 1 + 1", "bad", "back to make it", "so 2 + 2"),
    attempt(false, "so 1 + 1"),
    attempt(false, "1 + 1 = 2, left 2"),
  ];
  expect(turningBack(thoughts, [problem])).toEqual({
    right: { thoughts: 2, turned: 1, turnedRight: 0 },
    wrong: { thoughts: 3, turned: 2, turnedRight: 1 },
  });
});
