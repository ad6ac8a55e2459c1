import fc from "fast-check";
import { expect, test } from "vitest";
import { ungrounded } from "./grounded.ts";

const steps = [
  "Anna has 1,250 apples.",
  "She gives O'Neil's brother 12.50 of them, so 1237.5 are left in Paris.",
];

test.each([
  "Anna gives some away: 1250 - 12.5 leaves 1,237.50.",
  "The one in Paris is O'Neil. Nobody else is named; Then it ends.",
  "Von 1250 bleiben 1237,50",
])("takes what the steps say, however it is written: %j", (text) => {
  expect(ungrounded(text.replace("1237,50", "1237.50"), steps)).toBeUndefined();
});

test.each([
  ["She keeps 1238.", "the number 1238 is not in the steps"],
  ["A quarter is 1/4.", "the number 1 is not in the steps"],
  ["It was Bertram who did it: he and Claire.", "the name Bertram is not in the steps"],
])("refuses what they do not: %j", (text, wrong) => {
  expect(ungrounded(text, steps)).toBe(wrong);
});

test("takes no noun for a name in a language that writes nouns with a capital", () => {
  const german = [
    "Der Zug fährt mit der Geschwindigkeit 80 in die Stadt.",
    "Die Strecke ist dann nach der Formel 160.",
  ];
  expect(ungrounded("Zuerst wird die Zeit und dann die Entfernung 160 bestimmt.", german)).toBeUndefined();
  expect(ungrounded("Dann kommt die Zahl 81.", german)).toBe("the number 81 is not in the steps");
});

test("finds nothing wrong with the steps themselves, and reads any text", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 6 }), (lines) => {
      for (const line of lines) expect(ungrounded(line, lines)).toBeUndefined();
    }),
  );
});
