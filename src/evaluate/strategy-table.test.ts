import { expect, test } from "vitest";
import type { Problem } from "../problems/problem.ts";
import { strategyTable } from "./strategy-table.ts";
import type { Trial } from "./strategy-trials.ts";

const problems = ["12", "7"].map(
  (gold, index): Problem => ({
    question: { id: `p${index}`, text: `What is it, ${index}?` },
    ...{ gold, family: "addition", difficulty: 1, source: "gym" },
  }),
);

function trial(facts: Partial<Trial> & { problem: string }): Trial {
  return {
    arm: "a",
    correct: false,
    answers: [],
    inputTokens: 10,
    outputTokens: 20,
    calls: 1,
    wallMs: 1,
    ...facts,
  };
}

/** Four thoughts of ten tokens a problem: the first problem's majority is right from three thoughts on. */
const pool = {
  samples: 4,
  trials: [
    trial({ problem: "p0", answers: ["11", "12", "12", "12"], outputTokens: 40 }),
    trial({ problem: "p1", answers: ["7", "7.0", "8", "8"], outputTokens: 40 }),
  ],
};

test("an arm stands beside the majority of as many thoughts as its tokens pay for", () => {
  const right = problems.map(({ question }) =>
    trial({ problem: question.id, correct: true, outputTokens: 30, wallMs: 9_000 }),
  );
  const alone = [1_400, 1_600, 1_300, 9_999].map((wallMs) => trial({ problem: "p0", wallMs }));
  const [, , row = ""] = strategyTable(problems, [{ arm: "search", trials: right, alone }], pool).split("\n");
  const cells = row.split("|").map((cell) => cell.trim());
  expect(cells.slice(1, 4)).toEqual(["search", "100.0% (34.2 to 100.0)", "30"]);
  expect(cells.slice(6, 8)).toEqual(["1500", "100.0% (3)"]);
  expect(cells[8]).toMatch(/^\+0\.0 points/);
});

test("a thought without an answer costs as much as others and has no vote", () => {
  const trials = [
    trial({ problem: "p0", answers: [null, "12", "11", "12"], outputTokens: 40 }),
    trial({ problem: "p1", answers: ["7", null, "8", "8"], outputTokens: 40 }),
  ];
  const rows = [10, 20].map((outputTokens) => {
    const arm = {
      arm: "x",
      trials: problems.map(({ question }) => trial({ problem: question.id, outputTokens })),
    };
    return strategyTable(problems, [arm], { ...pool, trials }).split("\n")[2];
  });
  expect(rows[0]).toContain("| 50.0% (1)");
  expect(rows[1]).toContain("| 100.0% (2)");
});

test("an arm that costs less than one thought is compared with one, one that costs more than the pool with all", () => {
  const rows = [1, 400].map((outputTokens) => {
    const trials = problems.map(({ question }) => trial({ problem: question.id, outputTokens }));
    return strategyTable(problems, [{ arm: "x", trials }], pool).split("\n")[2];
  });
  expect(rows[0]).toContain("50.0% (1)");
  expect(rows[1]).toContain("100.0% (4)");
});

test("failed trials are counted in the arm's name", () => {
  const failed = problems.map(({ question }) => trial({ problem: question.id, error: "no" }));
  expect(strategyTable(problems, [{ arm: "x", trials: failed }], pool)).toContain("| x (2 failed) | 0.0%");
});
