import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPassages } from "./kept-notes.ts";
import type { WovenLine } from "./wording.ts";

const notes: WovenLine[] = [
  { text: "First I double 12 to get 25.", kind: "wrong" },
  { text: "The sum is off.", kind: "reflection" },
  { text: "Back to the beginning.", kind: "return" },
  { text: "Twice 12 is 24.", kind: "step" },
];
const good = [
  "[1] So, first I double 12,\nwhich gives me 25.",
  "[2] Hmm, the sum looks off.",
  "[3] Let me start again.",
  "[4] Twice 12 is 24, of course.",
];

test("takes passages in order, each on one line", () => {
  expect(readPassages(good.join("\n"), notes)).toEqual({
    passages: [
      "So, first I double 12, which gives me 25.",
      "Hmm, the sum looks off.",
      "Let me start again.",
      "Twice 12 is 24, of course.",
    ],
  });
});

describe("refuses", () => {
  test.each([
    ["a missing passage", good.slice(0, 3), "note 4 of 4 is missing"],
    ["another order", [good[0], good[2], good[1], good[3]], "note 3 stands where note 2 should"],
    ["a passage that comes twice", [...good, good[3]], "there is a passage beyond note 4"],
    ["an empty passage", [...good.slice(0, 3), "[4] "], "note 4 is empty"],
    ["a wrong step put right", ["[1] First I double 12 to get 24.", ...good.slice(1)], "note 1 has lost 25"],
    ["a step that lost a number", [...good.slice(0, 3), "[4] Twice that is 24."], "note 4 has lost 12"],
    ["a step without its words", ["[1] 12, 25.", ...good.slice(1)], "note 1 has lost most of its words"],
    ["anything else", ["I would rather not."], "note 1 of 4 is missing"],
  ])("%s", (_, lines, fault) => {
    expect(readPassages(lines.join("\n"), notes)).toEqual({ fault });
  });
});

test("the notes themselves always pass, and never throws on any text", () => {
  const kinds = fc.constantFrom("step" as const, "wrong" as const, "reflection" as const, "return" as const);
  const note = fc.record({
    text: fc.string({ minLength: 1 }).filter((text) => /[^\s[\]]/.test(text) && !/[[\]]/.test(text)),
    kind: kinds,
  });
  fc.assert(
    fc.property(fc.array(note, { minLength: 1, maxLength: 6 }), (some) => {
      const text = some.map((one, index) => `[${index + 1}] ${one.text}`).join("\n");
      expect(readPassages(text, some)).toHaveProperty("passages");
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void readPassages(text, notes)));
});
