import { expect, test } from "vitest";
import { compareNodeIds } from "./node-id.ts";

test("orders ids by their ordinals as numbers, a parent before its children", () => {
  const ordered = ["0", "0.2", "0.2.0", "0.2/1", "0.2/1.4", "0.10", "0.10/2", "0.10/11"];
  expect([...ordered].reverse().sort(compareNodeIds)).toEqual(ordered);
});
