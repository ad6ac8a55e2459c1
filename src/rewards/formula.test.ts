import fc from "fast-check";
import { expect, test } from "vitest";
import { formulaText, formulaValue, namesIn, parseFormula, type RewardFormula, without } from "./formula.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const name = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.string({ unit: fc.constantFrom(...letters, "0", "9", "-"), maxLength: 6 }),
  )
  .map((parts) => parts.join(""));
const formulas: fc.Arbitrary<RewardFormula> = fc.record({
  products: fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
});

function read(text: string): RewardFormula {
  const formula = parseFormula(text);
  if ("fault" in formula) throw new Error(formula.fault);
  return formula;
}

test("reads back every formula that it writes", () => {
  fc.assert(
    fc.property(formulas, (formula) => {
      expect(parseFormula(formulaText(formula))).toEqual(formula);
    }),
  );
});

test("does not mind spaces around names", () => {
  const space = fc.constantFrom("", " ", "\t", "  ");
  fc.assert(
    fc.property(formulas, space, (formula, blank) => {
      const spaced = formulaText(formula).replace(/[*+]/g, (sign) => `${blank}${sign}${blank}`);
      expect(parseFormula(`${blank}${spaced}${blank}`)).toEqual(formula);
    }),
  );
});

test("reads any text as a formula or says what is wrong with it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "*", "+", " ", "(", "A", "1") }), (text) => {
      const formula = parseFormula(text);
      if ("fault" in formula) expect(formula.fault).toMatch(/missing|is no name/);
      else expect(text.replace(/\s/g, "")).toBe(formulaText(formula));
    }),
  );
});

test.each([
  ["", "a name is missing"],
  ["judge*", "a name is missing"],
  ["judge**vote", "a name is missing"],
  ["+vote", "a name is missing"],
  ["(judge+vote)*checker", '"(judge" is no name'],
  ["Judge", '"Judge" is no name'],
  ["judge vote", '"judge vote" is no name'],
  ["0.5*judge", '"0.5" is no name'],
])("says of %j: %s", (text, fault) => {
  expect(parseFormula(text)).toEqual({ fault });
});

test("multiplies before it takes the mean", () => {
  const values = new Map([
    ["a", 0.5],
    ["b", 0.5],
    ["c", 0.75],
  ]);
  expect(formulaValue(read("a*b+c"), values)).toBe(0.5);
  expect(formulaValue(read("c+a*b"), values)).toBe(0.5);
  expect(formulaValue(read("c"), values)).toBe(0.75);
  expect(formulaValue(read("c+c+a*b"), values)).toBeCloseTo((0.75 + 0.75 + 0.25) / 3, 12);
});

test("stays within 0 and 1 where its values do", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(formulas, fc.infiniteStream(share), (formula, shares) => {
      const values = new Map(namesIn(formula).map((part) => [part, shares.next().value ?? 0]));
      const value = formulaValue(formula, values);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }),
  );
});

test("leaves names out, and the products that they leave empty", () => {
  const formula = read("judge*vote+vote+likelihood");
  expect(without(formula, (part) => part === "vote")).toEqual(read("judge+likelihood"));
  expect(without(formula, () => true)).toBeUndefined();
});
