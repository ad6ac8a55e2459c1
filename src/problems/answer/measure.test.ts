import { expect, test } from "vitest";
import { readMeasure } from "./measure.ts";

test.each([
  ["5\\text{ cm}", "5", "centimetre", false],
  ["5 cm", "5", "centimetre", false],
  ["15\\text{ cm}^2", "15", "centimetre^2", false],
  ["15 cm^2", "15", "centimetre^2", false],
  ["15\\text{ cubic inches}", "15", "inch^3", false],
  ["5 \\text{ m/s}^2", "5", "metre per second^2", false],
  ["7\\text{ square units}", "7", undefined, false],
  ["64 square feet", "64", "foot^2", false],
  ["90^\\circ", "90", "degree", false],
  ["7 dollars", "7", "dollar", false],
  ["12\\%", "12", undefined, true],
  ["12 percent", "12", undefined, true],
  ["10\\text{ units}", "10", undefined, false],
  ["5m", "5m", undefined, false],
  ["3 x", "3 x", undefined, false],
  ["\\sin 30^\\circ", "\\sin 30^\\circ", undefined, false],
])("%s is %s in %s, percent %s", (text, number, unit, percent) => {
  expect(readMeasure(text)).toEqual({ text: number, unit, percent });
});
