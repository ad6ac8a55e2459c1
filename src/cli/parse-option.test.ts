import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { numberBetween, roleModel, wholeNumber } from "./parse-option.ts";

describe("a whole number", () => {
  test.each([
    ["1", 1],
    ["42", 42],
    ["1e3", 1000],
  ])("is read from %j", (text, value) => {
    expect(wholeNumber(1)(text)).toBe(value);
  });

  test.each(["0", "-1", "1.5", "many", "", " ", "1e99", "Infinity"])("is not %j", (text) => {
    expect(() => wholeNumber(1)(text)).toThrow(new InvalidArgumentError("a whole number from 1 is needed."));
  });

  test("may be 0 where that is allowed, yet never an empty text", () => {
    expect(wholeNumber(0)("0")).toBe(0);
    expect(() => wholeNumber(0)("")).toThrow(InvalidArgumentError);
  });
});

describe("a number", () => {
  test("is read between its bounds, these included", () => {
    expect(["0", "0.7", "2"].map(numberBetween(0, 2))).toEqual([0, 0.7, 2]);
  });

  test.each(["-0.1", "2.1", "", " ", "warm", "NaN"])("is not %j", (text) => {
    expect(() => numberBetween(0, 2)(text)).toThrow("a number from 0 to 2 is needed.");
  });

  test("without an upper bound says only the lower one", () => {
    expect(() => numberBetween(0, Number.POSITIVE_INFINITY)("-1")).toThrow("a number from 0 is needed.");
  });
});

describe("a role's model", () => {
  test("is read from ROLE=MODEL and joins those before it; the last of one role counts", () => {
    const first = roleModel("judge=openai/a=b");
    expect(roleModel("critic=nano", first)).toEqual({ judge: "openai/a=b", critic: "nano" });
    expect(roleModel("judge=nano", first)).toEqual({ judge: "nano" });
  });

  test.each(["judge", "judge=", "=nano", "jugde=nano", ""])("is not %j", (text) => {
    expect(() => roleModel(text)).toThrow(/^ROLE=MODEL is needed, with a role of policy, /);
  });
});
