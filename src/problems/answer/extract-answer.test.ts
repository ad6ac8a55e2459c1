import { describe, expect, it, test } from "vitest";
import { extractAnswers } from "./extract-answer.ts";

function first(text: string, kinds: readonly ("latex" | "expr")[] = ["latex", "expr"]): string | undefined {
  return extractAnswers(text, kinds)[0]?.text.trim();
}

describe("the answer of a text", () => {
  test.each([
    ["Thus $\\boxed{5}$, and not $6$.", "5"],
    ["First \\boxed{1}. Then we correct this to \\boxed{2}.", "2"],
    ["\\boxed{1} and \\boxed{2}", "1, 2"],
    ["\\boxed{\\frac{1}{2}}", "\\frac{1}{2}"],
    ["an open \\boxed{7", "7"],
    ["8 * 9 = 72\n#### 72", "72"],
    ["<answer>12</answer> is what I say", "12"],
    ["The answer is 42. I hope it is correct.", "42"],
    ["Final Answer: The largest share is 9.", "9"],
    ["**Answer:** $x+1$", "x+1"],
    ["we get $a$ and so $b = 2$.", "b = 2"],
    ["$3$ and $4$", "3  and  4"],
    ["$15$ percent", "15 percent"],
    ["7/8", "7/8"],
  ])("%j is found", (text, answer) => {
    expect(first(text)).toBe(answer);
  });

  it("is the last number of prose, after the whole text", () => {
    const found = extractAnswers("She pays 10 and gets back 1,234.50 of it", ["expr"]);
    expect(found.map(({ from }) => from)).toEqual(["whole", "last"]);
    expect(found[1]?.text).toBe("1,234.50");
  });

  it("may be a choice in brackets", () => {
    expect(extractAnswers("I would say that it must be (B)", ["expr"]).at(-1)?.text).toBe("B");
  });

  it("has to be in dollars or a box where only LaTeX counts", () => {
    expect(first("so 5", ["latex"])).toBeUndefined();
    expect(first("so $5$", ["latex"])).toBe("5");
  });
});
