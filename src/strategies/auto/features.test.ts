import fc from "fast-check";
import { expect, test } from "vitest";
import { lookOf, readFeatures } from "./features.ts";

const look = (text: string) => lookOf(readFeatures(text));

test("counts words, numbers, operators and parts, and sees code and demands", () => {
  expect(readFeatures("What is 12,500 + 3.5 * x?")).toMatchObject({
    ...{ words: 5, numbers: 2, digits: 5, operators: 2, parts: 1, code: false, demands: [] },
  });
  expect(readFeatures("Consider:\n(a) Prove it.\n(b) Is it prime? And then?\n")).toMatchObject({
    ...{ parts: 3, demands: ["prove"] },
  });
  expect(readFeatures("Why does this crash?\n```\nf(x)\n```")).toMatchObject({ code: true });
  expect(readFeatures("def f(x): what is wrong here?")).toMatchObject({ code: true });
  expect(readFeatures("小明有三个苹果，又买了两个，一共有几个？")).toMatchObject({ words: 9, parts: 1 });
});

test("takes a hyphen or a slash inside a word for no operator", () => {
  expect(readFeatures("a state-of-the-art km/h gauge").operators).toBeLessThanOrEqual(4);
  expect(readFeatures("3 - 4 / 5 = x").operators).toBe(3);
});

test.each([
  ["Is 9.11 or 9.7 larger?", "easy"],
  ["How many r's are in strawberry?", "easy"],
  ["What is 347 + 586?", "easy"],
  ["Use 3, 7 and 12 to make 33.", "medium"],
  ["Prove that the square root of 2 is irrational.", "medium"],
  [
    "A shop sells pens at 3 dollars, books at 12 and bags at 45. In how many ways can 8 things be bought for 120 dollars if at least one is a bag and no two books are alike, and what is the probability that a random choice holds 4 pens?",
    "hard",
  ],
  [
    "Implement an optimal algorithm:\n```\nfunction f(x) {\n  return x;\n}\n```\nWhat is its complexity?",
    "hard",
  ],
])("finds %j %s", (text, hardness) => {
  expect(look(text).hardness).toBe(hardness);
});

test("says what makes a question look hard", () => {
  expect(look("Is it?").signs).toEqual([]);
  expect(look("Prove that 12345 = 3 * 5 * 823.").signs).toEqual([
    "4 numbers",
    "5 digits",
    "3 operators",
    '"prove"',
  ]);
});

test("never finds a question easier when more is asked, and reads any text", () => {
  const rank = { easy: 0, medium: 1, hard: 2 };
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      const harder = `${text}\n1) Prove it?\n2) Derive it?\n3) And 123456 + 7 = x?`;
      expect(rank[look(harder).hardness]).toBeGreaterThanOrEqual(rank[look(text).hardness]);
    }),
  );
});
