import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textParts, visibleText } from "./text-parts.ts";

const formulasOf = (text: string) =>
  textParts(text).flatMap((part) => (part.kind === "formula" ? part.tex : []));

describe("a text with formulas", () => {
  test.each([
    ["so $x^2$ is 4", ["x^2"]],
    ["$$a+b$$ and \\(c\\) and \\[d\\]", ["a+b", "c", "d"]],
    ["the answer is \\boxed{\\frac{1}{2}}", ["\\boxed{\\frac{1}{2}}"]],
    ["it costs $5 and $6 more", []],
    ["$ 5 $", []],
    ["a * b * c = 3*4*5", []],
  ])("%j holds %j", (text, formulas) => expect(formulasOf(text)).toEqual(formulas));

  test("a formula that would hold the page stays as it was written", () => {
    const long = `$${"x".repeat(3_000)}$`;
    expect(textParts(long)).toEqual([{ kind: "words", text: long }]);
    const deep = `$${"x^{".repeat(100)}1${"}".repeat(100)}$`;
    expect(textParts(deep)).toEqual([{ kind: "words", text: deep }]);
    expect(formulasOf("$x$ ".repeat(5_000)).length).toBeLessThan(500);
  });

  test("no word is lost, whatever the text", () => {
    const texts = fc.string({
      unit: fc.constantFrom("$", "\\(", "\\)", "\\[", "\\]", "a", " ", "5", "\n", "{", "\\boxed{", "}"),
    });
    fc.assert(
      fc.property(texts, (text) => {
        const kept = textParts(text)
          .map((part) => (part.kind === "words" ? part.text : part.tex))
          .join("");
        const bare = (written: string) => written.replace(/[$\\()[\]]/g, "");
        expect(bare(kept)).toBe(bare(text));
      }),
    );
  });

  test("a million dollars are read in no time", () => {
    const startedAt = performance.now();
    textParts("$".repeat(100_000));
    textParts("\\(".repeat(2_000));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

test("what would turn the writing direction or hide is spelt out; line breaks and tabs stay", () => {
  expect(visibleText("a\u202eb\u0000c\n\td")).toBe("a⟨U+202E⟩b⟨U+0000⟩c\n\td");
  expect(visibleText("שלום e\u0301 👩‍🚀")).toBe("שלום e\u0301 👩‍🚀");
});
