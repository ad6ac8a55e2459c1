import { expect, it } from "vitest";
import { FailureError, InputError, messageOf, SojournError } from "./errors.ts";

it("tells bad input (exit code 2) from a failure (exit code 1)", () => {
  expect([new InputError("no").exitCode, new FailureError("no").exitCode]).toEqual([2, 1]);
  expect(new InputError("no")).toBeInstanceOf(SojournError);
  expect(new InputError("no").name).toBe("InputError");
});

it("keeps the cause where there is one", () => {
  const cause = new Error("below");
  expect(new FailureError("above", cause).cause).toBe(cause);
  expect("cause" in new FailureError("above")).toBe(false);
});

it("puts the message of anything thrown on one line", () => {
  expect(messageOf(new Error("first\n  second"))).toBe("first second");
  expect(messageOf("plain")).toBe("plain");
  expect(messageOf(undefined)).toBe("undefined");
});
