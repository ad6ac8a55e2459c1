import { expect, test } from "vitest";
import { formatCost, formatCount, formatDuration, plural, singleLine } from "./format.ts";

test.each([
  [0, "0 ms"],
  [431.4, "431 ms"],
  [999.9, "1.0 s"],
  [2_449, "2.4 s"],
  [59_970, "1 min 00 s"],
  [185_000, "3 min 05 s"],
  [3_599_900, "1 h 00 min"],
  [7_500_000, "2 h 05 min"],
])("%d ms are %j", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, "0"],
  [9_999, "9999"],
  [12_345, "12.3k"],
  [999_960, "1.0M"],
  [4_100_000, "4.1M"],
])("%d is %j", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [null, "cost unknown"],
  [0, "$0"],
  [0.0021, "$0.0021"],
  [0.000_000_12, "$0.00000012"],
  [0.00999, "$0.01"],
  [1.339, "$1.34"],
])("%d dollars are %j", (usd, text) => {
  expect(formatCost(usd)).toBe(text);
});

test("one is singular", () => {
  expect([0, 1, 2].map((count) => plural(count, "call"))).toEqual(["0 calls", "1 call", "2 calls"]);
});

test("a text becomes one line without controls", () => {
  expect(singleLine(" a\n\tb\u001b[31mred\u001b[0m\u0007 ")).toBe("a bred");
});
