import fc from "fast-check";
import { expect, it } from "vitest";
import { gradeExpression } from "../gym/countdown-checker.ts";
import { expressionFor } from "./game24-solution.ts";

it("makes 24 by way of fractions where there is no other way", () => {
  expect(expressionFor([3, 3, 8, 8], 24)).toBe("8 / (3 - (8 / 3))");
  expect(expressionFor([1, 1, 1, 1], 24)).toBeUndefined();
});

it("gives only expressions that the grader accepts", () => {
  const card = fc.integer({ min: 1, max: 13 });
  fc.assert(
    fc.property(fc.tuple(card, card, card, card), (numbers) => {
      const expression = expressionFor(numbers, 24);
      if (expression !== undefined) {
        expect(gradeExpression({ numbers, target: 24 }, expression)).toMatchObject({ correct: true });
      }
    }),
  );
});
