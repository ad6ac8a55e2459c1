import fc from "fast-check";
import { expect, it } from "vitest";
import { Random } from "../../thought/random.ts";
import { cipher } from "./cipher.ts";
import { countdown } from "./countdown.ts";
import { randomExpression, solvedByRandomMoves } from "./countdown-baseline.ts";
import { countdownChecker, gradeExpression, readCountdown } from "./countdown-checker.ts";
import { decimals } from "./decimals.ts";
import { equations } from "./equations.ts";
import { gradeNumber } from "./grade-number.ts";

it("accepts a number however it is written, and no other number", () => {
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 50 }), (value, off) => {
      expect(gradeNumber(String(value), ` ${value}. `).correct).toBe(true);
      expect(gradeNumber(String(value), String(value + off)).correct).toBe(false);
      expect(gradeNumber(String(value), `${value} or ${value}`).correct).toBe(false);
    }),
  );
});

it("takes 9.70 for 9.7 and Yes for yes, but not a sentence", () => {
  expect(decimals.grade("9.7", "9.70").correct).toBe(true);
  expect(decimals.grade("9.7", "9.11").correct).toBe(false);
  expect(decimals.grade("yes", "Yes.").correct).toBe(true);
  expect(decimals.grade("yes", "no").correct).toBe(false);
  expect(decimals.grade("9.7", "it is 9.7").correct).toBe(false);
});

it("takes a bare number for a solution, but not another letter's", () => {
  for (const right of ["x = 7", "x=7", "7", "X = 7."])
    expect(equations.grade("x = 7", right).correct).toBe(true);
  for (const wrong of ["y = 7", "x = -7", "x = 8", "7 = x", ""]) {
    expect(equations.grade("x = 7", wrong).correct).toBe(false);
  }
});

it("reads a decoded text without regard to case and marks", () => {
  expect(cipher.grade("think step", "Think step.").correct).toBe(true);
  expect(cipher.grade("think step", "thinkstep").correct).toBe(false);
  expect(cipher.grade("think step", "think stop").correct).toBe(false);
});

const task = { numbers: [3, 7, 12], target: 33 };

it("accepts every expression with the given numbers and the right value", () => {
  for (const right of ["3 * 7 + 12", "12 + 7*3", "(7 × 3) + 12", "12 + 3 * 7 = 33"]) {
    expect(gradeExpression(task, right).correct).toBe(true);
  }
});

it("says why an expression fails", () => {
  const reasons = Object.fromEntries(
    ["3 * 7", "3 * 7 + 12 + 3", "3 * 11", "3 + 7 + 12", "3 * 7 + 12 = 34", "3 * 7 +", "7 / (3 - 3)"].map(
      (text) => [text, gradeExpression(task, text)],
    ),
  );
  expect(Object.values(reasons).every(({ correct }) => !correct)).toBe(true);
  expect(reasons["3 * 7"]?.reason).toBe("uses 3, 7 instead of 3, 7, 12");
  expect(reasons["3 + 7 + 12"]?.reason).toBe("makes 22 instead of 33");
  expect(reasons["3 * 7 + 12 = 34"]?.reason).toBe('claims "= 34" instead of = 33');
});

it("passes every reference solution and fails it when a number is reused, left out, foreign or the target moves", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { numbers, target, solution } = countdown.sample(new Random(seed), 1, "train");
      expect(gradeExpression({ numbers, target }, solution).correct).toBe(true);
      expect(gradeExpression({ numbers, target: target + 1 }, solution).correct).toBe(false);
      expect(gradeExpression({ numbers, target }, `${solution} + ${numbers[0]}`).correct).toBe(false);
      expect(gradeExpression({ numbers, target }, `${solution} * 1`).correct).toBe(false);
      expect(gradeExpression({ numbers: [...numbers, 5], target }, solution).correct).toBe(false);
      expect(gradeExpression({ numbers, target }, String(target)).correct).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it("never throws, whatever the answer", () => {
  fc.assert(
    fc.property(fc.string(), (answer) => {
      expect(typeof gradeExpression(task, answer).correct).toBe("boolean");
    }),
  );
});

it("reads numbers and target out of every phrasing", () => {
  const random = new Random("read");
  for (const phrasing of countdown.phrasings) {
    for (let index = 0; index < 20; index++) {
      const instance = countdown.sample(random, 1, "test");
      const { numbers, target } = instance;
      expect(readCountdown(phrasing.write(instance, random)), phrasing.id).toEqual({ numbers, target });
    }
  }
});

it("checks an answer from the question alone and refuses questions it cannot read", () => {
  const question = { id: "1", text: "Use 3, 7 and 12 each once with + - * / to make 33." };
  expect(countdownChecker.check(question, "3 * 7 + 12").correct).toBe(true);
  expect(countdownChecker.check(question, "3 + 7 + 12").correct).toBe(false);
  expect(countdownChecker.check({ id: "2", text: "Is 9.11 larger?" }, "3").reason).toMatch(
    /no numbers and target/,
  );
});

it("solves small countdown problems by random moves about as often as documented", () => {
  const random = new Random("baseline");
  let solved = 0;
  for (let index = 0; index < 400; index++) {
    const { numbers, target } = countdown.sample(random, 0.5, "train");
    if (numbers.length > 3) continue;
    expect(randomExpression(numbers, random)?.match(/\d+/g)).toHaveLength(3);
    if (solvedByRandomMoves({ numbers, target }, 64, random)) solved++;
  }
  expect(solved).toBeGreaterThan(200);
});
