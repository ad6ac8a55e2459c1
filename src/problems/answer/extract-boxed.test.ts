import { expect, test } from "vitest";
import { extractBoxed } from "./extract-boxed.ts";

test.each([
  ["no box", undefined],
  ["\\boxed{1}", "1"],
  ["\\fbox{a}", "a"],
  ["\\boxed 5 ", "5"],
  ["\\boxed{\\{1, 2\\}}", "\\{1, 2\\}"],
  ["\\boxed{1}, \\boxed{2} and \\boxed{3}", "1, 2, 3"],
  ["\\boxed{1} no no \\boxed{2}", "2"],
  ["\\boxed{1}. Also, \\boxed{2}", "2"],
  ["\\boxed{4} or \\boxed{4}", "4"],
  ["\\boxed{x", "x"],
])("%j holds %j", (text, content) => {
  expect(extractBoxed(text)).toBe(content);
});
