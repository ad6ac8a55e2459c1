import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processorTime } from "../../../test/support/processor-time.ts";
import { familyNames, gymProblem } from "../../problems/gym/gym.ts";
import { FailureError } from "../../thought/errors.ts";
import { buildDetector } from "./build-detector.ts";
import { type DetectorFile, QuestionDetector, readDetector } from "./detector.ts";
import { detectorQuestions, heldOutQuestions, unseenForeignQuestions } from "./gym-questions.ts";
import { csvColumn, recordedQuestions } from "./recorded-questions.ts";

const recorded = recordedQuestions();
const folder = mkdtempSync(join(tmpdir(), "detector-"));
const path = join(folder, "detector.json");
let file: DetectorFile;
let detector: QuestionDetector;

beforeAll(() => {
  file = buildDetector(detectorQuestions());
  detector = new QuestionDetector(file);
  writeFileSync(path, JSON.stringify(file));
});
afterAll(() => rmSync(folder, { recursive: true }));

const shareAccepted = (questions: readonly string[]): number =>
  questions.filter((question) => detector.accepts(question)).length / questions.length;

/** Ways to ask that no phrasing of the gym has in this form. */
const accepted: readonly string[] = [
  "How many r's in strawberry",
  "how many rs in strawberry",
  "how many r's are in strawberry?",
  "How many times does the letter r appear in the word strawberry?",
  "Could you please count the r's in strawberry?",
  "count r in strawberry",
  "Count the o in google",
  "How many l's does parallel contain?",
  "9.11 vs 9.7: which is bigger?",
  "is 9.11 larger than 9.7",
  "9.9 or 9.11?",
  "9.11 > 9.9?",
  "Which is greater 9.11 or 9.7",
  "Which number is bigger, 9.11 or 9.9? Think step by step.",
  "347+586",
  "347 + 586 =",
  "what's 347 + 586",
  "please calculate 347 + 586",
  "what is the sum of 12 and 30",
  "586 − 347",
  "5-8",
  "47 * 36?",
  "whats 12 times 12",
  "Evaluate 47 x 36",
  "3x+5=26, solve for x",
  "solve 3x + 5 = 26",
  "Solve for x: 3x+5=26",
  "x + 3 = 5, x = ?",
  "use 3, 7, 12 to make 33",
  "make 33 with 3 7 and 12",
  "Make 24 from 1 2 3 4",
  "Decode nrjhtlai aaiexf with the letter pair cipher.",
  "decode nrjhtlai aaiexf",
];

const refused: readonly string[] = [
  "",
  "hello",
  "Hello, how are you?",
  "Is 9.11 or 9.7 healthier?",
  "What is 3 + apple?",
  "Solve world hunger",
  "Decode the meaning of this poem",
  "What is 3 + 4 + 5?",
  "What is 12345 + 67890?",
  "What is 100 divided by 4?",
  "12/4",
  "What is 15% of 80?",
  "2^10",
  "Is 7 a prime number?",
  "Solve x^2 - 5x + 6 = 0",
  "How many people live in Tokyo?",
  "How many vowels are in banana?",
  "How many letters are in banana?",
  "How many times does a clock strike?",
  "Which is larger, Mars or Venus?",
  "Count to ten in French.",
  "I have 3 pears and eat 2. How many pears are left?",
  "How do I kill a Python process?",
  "Comment allez-vous ?",
  "3 足す 4 は？",
];

/** Known limits: a phrasing of nano's with foreign sense passes, a right question in a strange shape does not. */
const wronglyAccepted: readonly string[] = [
  "How many letters does a Porsche have?",
  "Find x if 3x + 5 = 25.",
];
const wronglyRefused: readonly string[] = [
  "letter count: r in strawberry",
  "3 7 12 -> 33",
  "substract 3 from 7",
  "Is 3 + 4 the same as 7?",
];

describe("nano's question detector", () => {
  it.each(familyNames)("accepts at least 98%% of %s in held-out phrasings with test contents", (family) => {
    expect(shareAccepted(heldOutQuestions(family, "test", 500))).toBeGreaterThanOrEqual(0.98);
  });

  it.each(accepted)("accepts: %s", (question) => expect(detector.accepts(question)).toBe(true));
  it.each(refused)("refuses: %s", (question) => expect(detector.accepts(question)).toBe(false));
  it.each(wronglyAccepted)("accepts, though nano cannot answer it: %s", (question) =>
    expect(detector.accepts(question)).toBe(true),
  );
  it.each(wronglyRefused)("refuses, though nano's families hold it: %s", (question) =>
    expect(detector.accepts(question)).toBe(false),
  );

  it("refuses foreign questions that it was not calibrated on", () => {
    expect(shareAccepted(unseenForeignQuestions)).toBeLessThanOrEqual(0.02);
  });

  it.skipIf(!recorded)("refuses GSM8K and XSTest (skipped without ../shared/data beside the project)", () => {
    for (const { questions } of recorded ?? []) expect(shareAccepted(questions)).toBeLessThanOrEqual(0.02);
  });

  it("looks at no content: other numbers of as many digits give the same surprise", () => {
    const digits = fc.integer({ min: 100, max: 999 });
    fc.assert(
      fc.property(digits, digits, (left, right) => {
        expect(detector.surprise(`What is ${left} + ${right}?`)).toBe(
          detector.surprise("What is 347 + 586?"),
        );
      }),
    );
  });

  it("accepts trained questions whatever their letter case and spaces around them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...familyNames), fc.nat(10_000), (family, index) => {
        const { text } = gymProblem({ family, split: "train", seed: 9, index }).question;
        fc.pre(detector.accepts(text));
        expect(detector.accepts(`  ${text.toUpperCase()}\n`)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof detector.accepts(text) === "boolean"));
  });

  it("fits in 40 kB, is read in a few milliseconds and judges as before", async () => {
    expect(await processorTime(() => readDetector(path), 50)).toBeLessThan(50);
    const read = readDetector(path);
    expect(JSON.stringify(file).length).toBeLessThan(40_000);
    for (const question of [...accepted, ...refused]) {
      expect(read.surprise(question)).toBe(detector.surprise(question));
    }
  });

  it("says which file cannot be read and what to do", () => {
    expect(() => readDetector(join(folder, "none.json"))).toThrow(FailureError);
    expect(() => readDetector(join(folder, "none.json"))).toThrow(
      /cannot read nano's question detector.*reinstall/,
    );
    writeFileSync(join(folder, "wrong.json"), JSON.stringify({ ...file, surpriseLimit: -1 }));
    expect(() => readDetector(join(folder, "wrong.json"))).toThrow(FailureError);
  });
});

describe("csvColumn", () => {
  it("reads a column with quotes, commas and line ends in its fields", () => {
    const text = 'id,prompt,type\n1,plain,a\n2,"one, two",b\n3,"he said ""go""\nand left",c\r\n4,,d\n';
    expect(csvColumn(text, "prompt")).toEqual(["plain", "one, two", 'he said "go"\nand left', ""]);
  });
});
