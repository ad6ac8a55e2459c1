import { expect, test } from "vitest";
import { isWords, plainText } from "./text-answer.ts";

test.each([
  ["\\text{West}.", "west"],
  ["  North   East ", "north east"],
  ["(C)", "c"],
  ["\\text{(C)}", "c"],
  ['"yes"', "yes"],
  ["x'", "x"],
])("%s is plainly %j", (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test.each(["\\text{odd}", "ellipse", "Monday", "10:30", "2:30 pm", "no solution"])("%s is words", (text) => {
  expect(isWords(text)).toBe(true);
});

test.each([
  "xy",
  "sin x",
  "\\sin x",
  "2\\sqrt{3}",
  "\\text{ }5",
  "ab",
  "5",
  "3\\pi",
  "sqrt(2)",
  "\\frac{1}{2}",
])("%s is a formula", (text) => {
  expect(isWords(text)).toBe(false);
});
