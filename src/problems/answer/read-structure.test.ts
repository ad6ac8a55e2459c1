import { describe, expect, it, test } from "vitest";
import { TooHardError } from "./limits.ts";
import { readStructure } from "./read-structure.ts";

describe("an answer", () => {
  test.each([
    ["1, 2", "list"],
    ["1 and 2", "list"],
    ["1; 2", "list"],
    ["\\{1\\}", "list"],
    ["\\pm 2", "list"],
    ["(1, 2)", "tuple"],
    ["[1; 2)", "tuple"],
    ["(1,2) \\cup (3,4)", "union"],
    ["x < 2", "relation"],
    ["\\begin{pmatrix}1&2\\end{pmatrix}", "matrix"],
    ["2\\begin{pmatrix}1\\end{pmatrix}+\\begin{pmatrix}1\\end{pmatrix}", "matrix"],
    ["(x+1)(x-1)", "leaf"],
    ["", "leaf"],
  ])("%j is a %s", (text, kind) => {
    expect(readStructure(text).kind).toBe(kind);
  });

  it("keeps the brackets of an interval and the signs of a chain", () => {
    expect(readStructure("(1,2]")).toMatchObject({ open: "(", close: "]" });
    expect(readStructure("1 < x \\le 2")).toMatchObject({ signs: ["<", "\\le"], texts: ["1", "x", "2"] });
  });

  it("is given up with too many parts or too deep a nesting", () => {
    expect(() => readStructure("1,".repeat(500))).toThrow(TooHardError);
    expect(() => readStructure("(1,".repeat(60) + ")".repeat(60))).toThrow(TooHardError);
  });
});
