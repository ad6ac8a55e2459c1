import fc from "fast-check";
import { expect, it, test } from "vitest";
import { compareRelations } from "./compare-relation.ts";
import { readStructure } from "./read-structure.ts";
import type { Relation } from "./relation.ts";

function relation(text: string): Relation {
  const answer = readStructure(text);
  if (answer.kind !== "relation") throw new Error(`${text} is a ${answer.kind}`);
  return answer;
}

const same = (a: string, b: string): boolean => compareRelations(relation(a), relation(b)).equal;

test.each([
  ["x + y = 2", "2 - x = y", true],
  ["x + y = 2", "2x + 2y = 4", true],
  ["x + y = 2", "x - y = 2", false],
  ["\\frac{x}{2} + \\frac{y}{3} = 1", "3x + 2y = 6", true],
  ["x < 3", "3 > x", true],
  ["x < 3", "-x > -3", true],
  ["x < 3", "-x < -3", false],
  ["x < 3", "x \\le 3", false],
  ["x \\ne 3", "3 - x \\ne 0", true],
  ["x \\ne 3", "x = 3", false],
  ["1 = 1", "2 = 2", true],
  ["x = x", "x = 1", false],
  ["x^2 + y^2 = 4", "(x^2 + y^2)^2 = 16", false],
])("%s and %s: %s", (a, b, equal) => {
  expect(same(a, b)).toBe(equal);
  expect(same(b, a)).toBe(equal);
});

it("says what it cannot read, and what is too large", () => {
  expect(compareRelations(relation("x = 1+"), relation("x = 1")).reason).toContain("ends too early");
  expect(compareRelations(relation("x = 9^{9999}"), relation("x = 1")).equal).toBe(false);
  expect(compareRelations(relation("x = \\frac{1}{0}"), relation("x = 1")).reason).toBe("a division by zero");
});

it("holds for a line whatever it is multiplied by, and an inequality's sign turns with the factor's", () => {
  const number = fc.integer({ min: -20, max: 20 });
  const factor = number.filter((value) => value !== 0);
  fc.assert(
    fc.property(factor, number, number, factor, (a, b, c, by) => {
      const line = (times: number, sign: string) => `(${a * times})x + (${b * times})y ${sign} ${c * times}`;
      expect(same(line(1, "="), line(by, "="))).toBe(true);
      expect(same(line(1, "<"), line(by, by > 0 ? "<" : ">"))).toBe(true);
      expect(same(line(1, "<"), line(by, by > 0 ? ">" : "<"))).toBe(false);
      expect(same(line(1, "="), `(${a * by})x + (${b * by})y = ${c * by + 1}`)).toBe(false);
    }),
    { seed: 6 },
  );
});
