import fc from "fast-check";
import { expect, test } from "vitest";
import { equivalent } from "./equivalent.ts";

test.each([
  ["7", "7.0"],
  ["7", "x = 7"],
  ["7", "+7."],
  ["14/2", "7"],
  ["0.5", ".50"],
  ["0.75", "\\boxed{\\frac{3}{4}}"],
  ["-1/2", "-\\dfrac{1}{2}"],
  ["−3", "-3"],
  ["1,000,000", "1000000"],
  ["$7$.", "\\boxed{7}"],
  ["(3 + 4) * 5", "(3+4)*5"],
  ["Yes!", " yes"],
  ["the  Cat sat.", "The cat sat"],
])("takes %j and %j for the same answer", (left, right) => {
  expect(equivalent(left, right)).toBe(true);
});

test.each([
  ["7", "-7"],
  ["5!", "5"],
  ["x²", "x2"],
  ["1,2", "12"],
  ["3, 456", "3456"],
  ["1/0", "2/0"],
  ["1/3", "0.333"],
  ["50%", "50"],
  ["?", "!"],
  ["\\boxed{1} or \\boxed{2}", "1"],
  ["9.11", "9.7"],
  ["yes", "no"],
])("tells %j from %j", (left, right) => {
  expect(equivalent(left, right)).toBe(false);
});

test("compares numbers exactly, beyond what a float can tell apart", () => {
  expect(equivalent("9007199254740993", "9007199254740992")).toBe(false);
  expect(equivalent("0.1000000000000000000001", "0.1")).toBe(false);
});

test("takes any fraction for the same as its multiples, and only as these", () => {
  const whole = fc.integer({ min: -999, max: 999 });
  const natural = fc.integer({ min: 1, max: 999 });
  fc.assert(
    fc.property(whole, natural, whole, natural, natural, (a, b, c, d, k) => {
      expect(equivalent(`${a}/${b}`, `${a * k}/${b * k}`)).toBe(true);
      expect(equivalent(`${a}/${b}`, `${c}/${d}`)).toBe(a * d === c * b);
    }),
  );
});

test("reads any text, and does not mind spaces around it or the case", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
      expect(equivalent(text, ` ${text.toUpperCase()}\n`)).toBe(true);
    }),
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => equivalent(text, `${text}\t`)));
});
