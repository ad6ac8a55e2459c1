import { describe, expect, it, test } from "vitest";
import { constantForm, exactForm } from "./exact-form.ts";
import { TooHardError, UnreadableError } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import { format } from "./rational.ts";

function exactValue(text: string): string | undefined {
  const value = constantForm(exactForm(parseExpression(text)));
  return value === undefined ? undefined : format(value);
}

describe("a formula", () => {
  test.each([
    ["1+2*3", "7"],
    ["-2^2", "-4"],
    ["(-2)^2", "4"],
    ["\\frac34", "3/4"],
    ["\\frac{1}{2}/3", "1/6"],
    ["2/(-3)", "-2/3"],
    ["2\\cdot-3", "-6"],
    ["\\sqrt{16}", "4"],
    ["\\sqrt3^2", "3"],
    ["\\sqrt[3]{-8}", "-2"],
    ["4^{-1/2}", "1/2"],
    ["i^2", "-1"],
    ["5!", "120"],
    ["\\binom{5}{2}", "10"],
    ["|-3|", "3"],
    ["0.\\overline{3}", "1/3"],
    ["\\sqrt{2}\\sqrt{8}", "4"],
    ["(1+\\sqrt{2})(\\sqrt{2}-1)", "1"],
  ])("%s is %s", (text, value) => {
    expect(exactValue(text)).toBe(value);
  });

  it("keeps what has no fraction as it is", () => {
    for (const text of ["\\sqrt{2}", "\\pi", "x", "\\sin 1", "9^{9^9}"])
      expect(exactValue(text)).toBeUndefined();
  });

  test.each(["1+", "(1", "\\frac{1}", "1)", "\\unknown", "#", ""])("%j is refused", (text) => {
    expect(() => parseExpression(text)).toThrow(UnreadableError);
  });

  it("is refused when it is nested too deeply, too long, or divides by zero", () => {
    expect(() => parseExpression(`${"(".repeat(200)}1${")".repeat(200)}`)).toThrow(TooHardError);
    expect(() => parseExpression("1+".repeat(5_000))).toThrow(TooHardError);
    expect(() => exactValue("1/0")).toThrow(UnreadableError);
  });
});
