import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./json.ts";

describe("JSON", () => {
  it("finds the same elements as the parser in any array, however it is laid out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.constantFrom(0, 1, "\t"),
        (array, indent) => {
          const found = [...readJson(JSON.stringify(array, null, indent))];
          expect(found.map((each) => ("value" in each ? each.value : each.wrong))).toEqual(
            JSON.parse(JSON.stringify(array)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reports a broken element by its line and reads the others", () => {
    const found = [...readJson('\n[\n  {"a": "]\\""},\n  {"a": nope},\n\n  {"a": 3}\n]\n')];
    expect(found).toEqual([
      { line: 3, value: { a: ']"' } },
      { line: 4, wrong: expect.stringMatching(/^is not JSON: /) },
      { line: 6, value: { a: 3 } },
    ]);
  });

  it.each([
    ['[{"a": 1},\n{"a": 2', [{ line: 1 }, { line: 2, wrong: "is cut off: the file ends within it" }]],
    ['[{"a": 1}\n,', [{ line: 1 }, { line: 2, wrong: "ends before its array is closed" }]],
    ['[{"a": 1},\n]', [{ line: 1 }, { line: 2, wrong: expect.stringContaining("is empty") }]],
    ['[{"a": 1}]\nmore', [{ line: 1 }, { line: 1, wrong: "has text after the end of its array" }]],
  ])("says what is wrong with %j", (text, expected) => {
    expect([...readJson(text)]).toMatchObject(expected);
  });

  it("reads one object, and several that each begin on a line of their own", () => {
    expect([...readJson('\n{\n"a":\n{"b": 1}\n}\n')]).toEqual([{ line: 2, value: { a: { b: 1 } } }]);
    const several = '{\n  "a": 1\n}\n{\n  "a": ?\n}\n\n{\n  "a": 3\n}\n';
    expect([...readJson(several)]).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 4, wrong: expect.stringMatching(/^is not JSON: /) },
      { line: 8, value: { a: 3 } },
    ]);
    expect([...readJson("[]"), ...readJson("\n \n")]).toEqual([]);
  });
});
