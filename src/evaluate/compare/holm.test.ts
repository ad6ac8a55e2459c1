import { expect, test } from "vitest";
import { holm } from "./holm.ts";

test("makes the smallest of several p-values largest, as worked out by hand", () => {
  // 0.01 * 3, then 0.02 * 2 = 0.04, then 0.03 * 1, which may not fall below the one before.
  expect(holm([0.03, 0.01, 0.02])).toEqual([0.04, 0.03, 0.04]);
});

test("leaves a single one as it is and none above 1", () => {
  expect(holm([0.2])).toEqual([0.2]);
  expect(holm([0.7, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
