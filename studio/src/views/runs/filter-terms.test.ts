import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termValue, withTerm } from "./filter-terms.ts";

describe("the terms of a filter", () => {
  it("are put in at the end, changed in their place and taken out", () => {
    expect(withTerm("correct:true wait", "model", "nano")).toBe("correct:true wait model:nano");
    expect(withTerm("correct:true model:nano", "correct", "false")).toBe("correct:false model:nano");
    expect(withTerm("correct:true model:nano", "correct", undefined)).toBe("model:nano");
  });

  it("are left alone where they are negated or of another key, as they were written", () => {
    const others = '-correct:true strategy:mcts,"a b" reward:<0.5 "two words"';
    expect(withTerm(others, "correct", "true")).toBe(`${others} correct:true`);
    expect(withTerm(withTerm(others, "level", "5"), "level", undefined)).toBe(others);
  });

  it("give back the value that was put in, whatever it is", () => {
    const value = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(value, fc.constantFrom("", "wait", 'text:"a b" -model:x'), (text, filter) => {
        expect(termValue(withTerm(filter, "asked", text), "asked")).toBe(text);
      }),
    );
    expect(termValue('-model:x model:"my model"', "model")).toBe("my model");
    expect(termValue("correct:true", "model")).toBeUndefined();
  });
});
