import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../thought/errors.ts";
import { parseFilter } from "./parse-filter.ts";

describe("a filter", () => {
  it("is a list of terms: fields with what they have to be", () => {
    expect(parseFilter("correct:false strategy:mcts,vote  reward:<0.5 -level:5")).toEqual([
      { field: "correct", negated: false, test: { kind: "truth", value: false } },
      { field: "strategy", negated: false, test: { kind: "one-of", patterns: [["mcts"], ["vote"]] } },
      { field: "reward", negated: false, test: { kind: "compare", comparison: "<", value: 0.5 } },
      { field: "level", negated: true, test: { kind: "compare", comparison: "=", value: 5 } },
    ]);
  });

  it("asks nothing when it is empty", () => {
    expect(parseFilter("  ")).toEqual([]);
  });

  it("takes words without a field, and quoted ones, as text in any case", () => {
    const holds = (text: string) => ({ field: "text", negated: false, test: { kind: "holds", text } });
    expect(parseFilter('Prime text:"so, FREE" "a \\"b\\""')).toEqual([
      holds("prime"),
      holds("so, free"),
      holds('a "b"'),
    ]);
  });

  it("takes * for anything, unless it is quoted, and a run by its beginning", () => {
    const patterns = (filter: string) =>
      parseFilter(filter).map(({ test }) => "patterns" in test && test.patterns);
    expect(patterns('model:openai/* answer:"a*b" run:2026')).toEqual([
      [["openai/", ""]],
      [["a*b"]],
      [["2026", ""]],
    ]);
  });

  it("asks for a marker by thought:, and for how often it stands by its name", () => {
    expect(parseFilter("thought:Wait wait:>=2")).toMatchObject([
      { field: "wait", test: { comparison: ">", value: 0 } },
      { field: "wait", test: { comparison: ">=", value: 2 } },
    ]);
  });

  it("compares dates, tags and what is not known", () => {
    expect(parseFilter("created:>2026-11-20 tag:subject=Algebra correct:open")).toMatchObject([
      { test: { comparison: ">", value: Date.UTC(2026, 10, 20) } },
      { test: { tag: "subject", value: "Algebra" } },
      { test: { value: null } },
    ]);
  });
});

describe("a filter that is not understood", () => {
  it.each([
    ["strateyg:mcts", 'column 1: no field "strateyg"; did you mean strategy:?'],
    ["correct:false -modle:nano", 'column 16: no field "modle"; did you mean model:?'],
    ["zzzzzzzz:1", 'no field "zzzzzzzz"; fields are correct, '],
    ["tokens:many", 'column 8: "many" is no number; write tokens:5, tokens:>5 or tokens:<=0.5'],
    ["tokens:>", "column 8: tokens:> has no number; write tokens:>5"],
    ["reward:<0x10", 'column 9: "0x10" is no number'],
    ["strategy:", "column 10: strategy: has no value; write strategy:NAME"],
    ["correct:maybe", "column 9: correct: is true, false, or open"],
    ["thought:prime", "column 9: thought: takes one of wait, alternatively, however"],
    ["created:yesterday", 'column 9: "yesterday" is no date; write created:>2026-11-20'],
    ["tag:subject", "column 5: a tag has a name and a value; write tag:subject=Algebra"],
    ['text:"free words', 'column 6: this quote has no end; write text:"free words"'.replace(";", ":")],
    ['answer:"a"b', "column 11: put a space behind the closing quote"],
  ])("%s is refused with where and what to write", (filter, message) => {
    expect(() => parseFilter(filter)).toThrow(InputError);
    expect(() => parseFilter(filter)).toThrow(message);
  });

  it("is refused with one line, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
