import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

it("finds the name that was meant", () => {
  expect(nearestName("opnai", ["openai", "anthropic"])).toBe("openai");
  expect(nearestName("BEAM", ["best-of-n", "beam"])).toBe("beam");
});

it("finds nothing where nothing is near", () => {
  expect(nearestName("zzzzzz", ["openai", "beam"])).toBeUndefined();
  expect(nearestName("x", [])).toBeUndefined();
});
