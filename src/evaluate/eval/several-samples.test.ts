import { expect, test } from "vitest";
import { recordWith } from "../../../test/support/evaluation-record.ts";
import { proportion } from "../proportion.ts";

import { severalSamples } from "./several-samples.ts";

test("one answer a problem is accuracy, and nothing else", () => {
  const records = ["7", "8", "7"].map((answer, place) =>
    recordWith({ problem: `p${place}`, answer, gold: "7" }),
  );
  const [only, ...more] = severalSamples(records);
  expect(more).toEqual([]);
  expect(only?.pass.low).toBeCloseTo(proportion(2, 3).low, 12);
  expect(only).toMatchObject({
    k: 1,
    pass: { right: 2, trials: 3 },
    majority: { share: 2 / 3 },
    best: undefined,
  });
});

test("k goes up by powers of two to the number of samples", () => {
  const records = Array.from({ length: 6 }, (_, sample) => recordWith({ problem: "p", sample, answer: "1" }));
  expect(severalSamples(records).map(({ k }) => k)).toEqual([1, 2, 4, 6]);
});

test("pass, majority and best are worked out by problem and then averaged", () => {
  const answers = (problem: string, list: [string, number][]) =>
    list.map(([answer, reward], sample) =>
      recordWith({ problem, sample, answer, gold: "7", reward, outputTokens: 10 }),
    );
  const records = [
    // 2 of 3 right, the majority is right, the best by reward is wrong.
    ...answers("a", [
      ["7", 0.2],
      ["7.0", 0.3],
      ["9", 0.9],
    ]),
    // 1 of 3 right, the majority is wrong, the best is right.
    ...answers("b", [
      ["7", 0.8],
      ["5", 0.3],
      ["5", 0.1],
    ]),
  ];
  const [one, two, three] = severalSamples(records);
  expect(one).toMatchObject({ k: 1, outputTokens: 10, pass: { share: 0.5 }, majority: { share: 0.5 } });
  // pass@2: 1 - C(1,2)/C(3,2) = 1 and 1 - C(2,2)/C(3,2) = 2/3.
  expect(two?.pass.share).toBeCloseTo((1 + 2 / 3) / 2, 12);
  expect(three).toMatchObject({ k: 3, outputTokens: 30, pass: { share: 1 }, majority: { share: 0.5 } });
  expect(three?.best?.share).toBe(0.5);
});

test("an answer without a score is chosen last, and none at all casts no vote", () => {
  const records = [
    recordWith({ problem: "a", sample: 0, answer: "7", gold: "7", reward: 0.1 }),
    recordWith({ problem: "a", sample: 1, answer: undefined, gold: "7" }),
  ];
  const [, two] = severalSamples(records);
  expect(two).toMatchObject({ k: 2, best: { share: 1 }, majority: { share: 1 } });
});
