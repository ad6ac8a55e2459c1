import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Expression,
  ExpressionError,
  evaluate,
  numbersIn,
  parseExpression,
  renderExpression,
} from "./expression.ts";

const { tree: expressions } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant("number" as const), value: fc.integer({ min: 1, max: 99 }) }),
    fc.record({
      kind: fc.constant("operation" as const),
      operator: fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const),
      left: tie("tree"),
      right: tie("tree"),
    }),
  ),
}));

const valueOrProblem = (expression: Expression): unknown => {
  try {
    return evaluate(expression);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

it("reads back what it writes, with the same numbers and the same value", () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      const text = renderExpression(expression);
      if (text.length > 200) return;
      const again = parseExpression(text);
      expect(numbersIn(again)).toEqual(numbersIn(expression));
      expect(valueOrProblem(again)).toEqual(valueOrProblem(expression));
    }),
  );
});

it("writes no parentheses that the value does not need", () => {
  const cases = [
    ["(25 + 4) + 4", "25 + 4 + 4"],
    ["9 - (4 + 1)", "9 - (4 + 1)"],
    ["9 + (4 - 1)", "9 + 4 - 1"],
    ["(3 + 4) * 5", "(3 + 4) * 5"],
    ["3 * (4 * 5)", "3 * 4 * 5"],
    ["12 / (3 * 2)", "12 / (3 * 2)"],
    ["2 * (12 / 3)", "2 * 12 / 3"],
  ] as const;
  for (const [long, short] of cases) expect(renderExpression(parseExpression(long))).toBe(short);
});

it("computes exactly, with the usual precedence, from the left", () => {
  expect(evaluate(parseExpression("1 / 3 + 1 / 6"))).toEqual({ numerator: 1n, denominator: 2n });
  expect(evaluate(parseExpression("20 - 5 - 3 * 2"))).toEqual({ numerator: 9n, denominator: 1n });
  expect(evaluate(parseExpression("8 / (3 - 8 / 3)"))).toEqual({ numerator: 24n, denominator: 1n });
  expect(evaluate(parseExpression("7 × 6 ÷ 2 − 1"))).toEqual({ numerator: 20n, denominator: 1n });
});

it("says in one line what is wrong with a text that is no expression", () => {
  for (const text of ["", "3 +", "(3 + 4", "3 4", "3 + x", "* 3", "-3 + 4", "3 ** 2", "1".repeat(300)]) {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
  }
  expect(() => evaluate(parseExpression("1 / (2 - 2)"))).toThrow("division by zero");
});
