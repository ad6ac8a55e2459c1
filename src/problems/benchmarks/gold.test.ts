import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goldAfterHashes, lastBoxed, withoutThousands } from "./gold.ts";

describe("the gold of a written solution", () => {
  it.each([
    ["So 5 left.\n#### 5", "5"],
    ["#### 3\nno, more\n#### 1,234,567", "1234567"],
    ["####-10\n", "-10"],
    ["no answer", undefined],
    ["#### ", undefined],
  ])("stands behind the last hashes of %j", (solution, gold) => {
    expect(goldAfterHashes(solution)).toBe(gold);
  });

  it("keeps commas that are not for thousands", () => {
    expect(["1,2", "12,34", "1,000,00", "(1,000)"].map(withoutThousands)).toEqual([
      "1,2",
      "12,34",
      "1,000,00",
      "(1,000)",
    ]);
    expect(withoutThousands("$1,000.50")).toBe("$1000.50");
  });

  it.each([
    ["first \\boxed{1}, then \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"],
    ["$\\fbox{x^{2}}$", "x^{2}"],
    ["so \\boxed 7$", "7"],
    ["a brace in \\boxed{\\{1, 2\\}}", "\\{1, 2\\}"],
    ["cut \\boxed{1 + {2}", undefined],
    ["\\boxed{}", undefined],
    ["nothing", undefined],
  ])("stands in the last box of %j", (solution, gold) => {
    expect(lastBoxed(solution)).toBe(gold);
  });

  it("is whatever was boxed, if its braces are balanced", () => {
    const inner = fc
      .array(fc.constantFrom("x", "{y}", "{{2}}", "\\{", "\\}", "+"), { minLength: 1 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(inner, (text) => {
        expect(lastBoxed(`so \\boxed{${text}}} end`)).toBe(text);
      }),
    );
  });
});
