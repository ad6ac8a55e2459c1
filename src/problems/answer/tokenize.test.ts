import fc from "fast-check";
import { expect, it, test } from "vitest";
import { UnreadableError } from "./limits.ts";
import { tokenize } from "./tokenize.ts";

const shown = (text: string): string =>
  tokenize(text)
    .map(({ kind, value }) => `${kind[0]}:${value}`)
    .join(" ");

test.each([
  ["2.5x^{10}", "n:2.5 l:x s:^ s:{ n:10 s:}"],
  [".5", "n:.5"],
  ["\\frac ab", "c:frac l:a l:b"],
  ["sqrt(2)", "c:sqrt s:( n:2 s:)"],
  ["sin x", "c:sin l:x"],
  ["asin", "l:a l:s l:i l:n"],
  ["  ", ""],
])("%s is %s", (text, tokens) => {
  expect(shown(text)).toBe(tokens);
});

test.each(["#", "1 & 2", "é", "\\"])("%j is in no formula", (text) => {
  expect(() => tokenize(text)).toThrow(UnreadableError);
});

it("loses no letter or digit of what it reads", () => {
  const pieces = fc.constantFrom("1", "23", "x", "+", "(", ")", "\\frac", "\\pi", " ", ".5", "^", "|");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
      const text = all.join(" ");
      const bare = (part: string) => part.replace(/[\s\\]/g, "");
      expect(
        tokenize(text)
          .map(({ value }) => value)
          .join(""),
      ).toBe(bare(text));
    }),
    { seed: 7 },
  );
});
