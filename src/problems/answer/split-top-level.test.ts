import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { deepestNesting, mostParts, TooHardError } from "./limits.ts";
import { closingIndex, splitTopLevel } from "./split-top-level.ts";

const comma = /\s*,\s*/y;

describe("a text is split", () => {
  test.each([
    ["1, 2,3", ["1", "2", "3"]],
    ["(1,2),[3,4)", ["(1,2)", "[3,4)"]],
    ["\\{1,2\\},3", ["\\{1,2\\}", "3"]],
    ["\\begin{matrix}1,2\\end{matrix},3", ["\\begin{matrix}1,2\\end{matrix}", "3"]],
    ["\\langle 1,2\\rangle,3", ["\\langle 1,2\\rangle", "3"]],
    ["a\\\\,b", ["a\\\\", "b"]],
    ["1),2", ["1)", "2"]],
    ["", [""]],
  ])("%s", (text, parts) => {
    expect(splitTopLevel(text, comma).parts).toEqual(parts);
  });

  it("with the signs between its parts", () => {
    expect(splitTopLevel("1 < x \\le 2", /\s*(?:\\le|<)\s*/y)).toEqual({
      parts: ["1", "x", "2"],
      separators: ["<", "\\le"],
    });
  });

  it("without losing a character, whatever it is", () => {
    const pieces = fc.constantFrom(
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "\\{",
      "\\}",
      ",",
      "x",
      "\\begin",
      "\\end",
      "\\\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (all) => {
        const text = all.join("");
        const { parts, separators } = splitTopLevel(text, /,/y);
        expect(parts.flatMap((part, index) => [part, separators[index] ?? ""]).join("")).toBe(text);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it("up to a number of parts and of brackets", () => {
    expect(() => splitTopLevel(",".repeat(mostParts + 1), comma)).toThrow(TooHardError);
    expect(() => splitTopLevel("(".repeat(deepestNesting + 1), comma)).toThrow(TooHardError);
  });
});

test.each([
  ["(1,(2))3", 7],
  ["(1]2", 3],
  ["\\{1\\}2", 5],
  ["(1", -1],
])("the bracket that opens %s closes before %i", (text, end) => {
  expect(closingIndex(text, 0)).toBe(end);
});
