import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { gradeAnswer } from "./grade-answer.ts";

/** A gold answer and another one whose meaning differs for a reason that does not rest on the grader. */
type Mutation = fc.Arbitrary<{ gold: string; wrong: string }>;

const whole = fc.integer({ min: -60, max: 60 });
const natural = fc.integer({ min: 1, max: 60 });
const other = fc.integer({ min: 1, max: 9 });
const squareFree = fc.constantFrom(2, 3, 5, 6, 7, 10, 11, 13, 14, 15);
const word = fc.constantFrom("even", "odd", "north", "Tuesday", "ellipse", "Evelyn", "blue", "parabola");

/** One of several whole numbers is another one by `by`. */
function changed(values: readonly number[], at: number, by: number): number[] {
  return values.map((value, index) => (index === at % values.length ? value + by : value));
}

/** Lists of numbers in some notation, one number changed; `write` must tell all of them apart by place. */
function list(write: (values: readonly number[]) => string, size = 3): Mutation {
  return fc
    .tuple(fc.array(whole, { minLength: size, maxLength: size }), fc.nat(), other)
    .map(([values, at, by]) => ({ gold: write(values), wrong: write(changed(values, at, by)) }));
}

const mutations: Record<string, Mutation> = {
  "a fraction": fc.tuple(whole, fc.integer({ min: 2, max: 60 }), other).map(([top, bottom, by]) => ({
    gold: `\\frac{${top}}{${bottom}}`,
    wrong: `\\frac{${top + by}}{${bottom}}`,
  })),
  "a root": fc.tuple(natural, squareFree, squareFree, other).map(([factor, one, two, by]) => ({
    gold: `${factor}\\sqrt{${one}}`,
    wrong: one === two ? `${factor + by}\\sqrt{${one}}` : `${factor}\\sqrt{${two}}`,
  })),
  "a sum with a root": fc
    .tuple(whole, natural, squareFree, other)
    .map(([a, b, c, by]) => ({ gold: `${a}+${b}\\sqrt{${c}}`, wrong: `${a}+${b + by}\\sqrt{${c}}` })),
  "a multiple of pi": fc
    .tuple(natural, natural, other)
    .map(([a, b, by]) => ({ gold: `\\frac{${a}\\pi}{${b}}`, wrong: `\\frac{${a + by}\\pi}{${b}}` })),
  "a value of a function": fc
    .tuple(fc.constantFrom("\\sin", "\\cos", "\\ln", "\\arctan"), natural, fc.integer({ min: 6, max: 18 }))
    .map(([name, at, places]) => ({
      gold: `${name}(${at})`,
      wrong: `${name}(${at}.${"0".repeat(places)}1)`,
    })),
  "a power with a variable exponent": fc
    .tuple(fc.integer({ min: 2, max: 9 }), natural, other)
    .map(([base, a, by]) => ({ gold: `${base}^{n+${a}}`, wrong: `${base}^{n+${a + by}}` })),
  "a power": fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 3 }))
    .map(([base, exponent, by]) => ({ gold: `${base}^{${exponent}}`, wrong: `${base}^{${exponent + by}}` })),
  "a complex number": list(([a = 0, b = 0]) => `${a}+(${b})i`, 2),
  "a point": list((values) => `(${values.join(", ")})`),
  "a point with its parts exchanged": fc
    .tuple(whole, other)
    .map(([a, by]) => ({ gold: `(${a}, ${a + by})`, wrong: `(${a + by}, ${a})` })),
  "an interval": fc.tuple(whole, natural, other).map(([from, length, by]) => ({
    gold: `[${from}, ${from + length})`,
    wrong: `[${from}, ${from + length + by})`,
  })),
  "an interval with another bracket": fc
    .tuple(whole, natural)
    .map(([from, length]) => ({ gold: `[${from}, ${from + length})`, wrong: `(${from}, ${from + length})` })),
  "a union": list(
    ([a = 0, b = 0]) => `(-\\infty, ${Math.min(a, b)}) \\cup [${Math.max(a, b) + 1}, \\infty)`,
    2,
  ).filter(({ gold, wrong }) => gold !== wrong),
  "a set that lacks one": fc
    .uniqueArray(whole, { minLength: 2, maxLength: 4 })
    .map((values) => ({ gold: `\\{${values.join(", ")}\\}`, wrong: `\\{${values.slice(1).join(", ")}\\}` })),
  "a set with another one": fc
    .tuple(fc.uniqueArray(whole, { minLength: 2, maxLength: 4 }), natural)
    .map(([values, by]) => ({
      gold: `\\{${values.join(", ")}\\}`,
      wrong: `\\{${[...values.slice(1), 60 + by].join(", ")}\\}`,
    })),
  "a list of numbers": fc
    .tuple(fc.uniqueArray(whole, { minLength: 2, maxLength: 4 }), natural)
    .map(([values, by]) => ({ gold: values.join(", "), wrong: [...values.slice(1), 60 + by].join(", ") })),
  "a matrix": list(([a, b, c, d]) => `\\begin{pmatrix} ${a} & ${b} \\\\ ${c} & ${d} \\end{pmatrix}`, 4),
  "a polynomial": list(([a, b, c]) => `${a}x^2 + (${b})x + (${c})`),
  "a quotient of polynomials": fc.tuple(natural, natural, other).map(([a, b, by]) => ({
    gold: `\\frac{x+${a}}{x+${a + b}}`,
    wrong: `\\frac{x+${a + by}}{x+${a + b + by}}`,
  })),
  "a line": fc
    .tuple(natural, natural, other)
    .map(([slope, at, by]) => ({ gold: `y = ${slope}x + ${at}`, wrong: `y = ${slope + by}x + ${at}` })),
  "an inequality turned round": whole.map((bound) => ({ gold: `x < ${bound}`, wrong: `x > ${bound}` })),
  "an inequality that may be an equation": whole.map((bound) => ({
    gold: `x < ${bound}`,
    wrong: `x \\le ${bound}`,
  })),
  "both signs": natural.map((value) => ({ gold: `\\pm ${value}`, wrong: `${value}` })),
  "a percentage": fc
    .tuple(natural, other)
    .map(([value, by]) => ({ gold: `${value}\\%`, wrong: `${value + by}\\%` })),
  "an amount": fc.tuple(fc.integer({ min: 1000, max: 99_999 }), other).map(([value, by]) => ({
    gold: `\\$${value.toLocaleString("en-US")}`,
    wrong: `\\$${(value + by).toLocaleString("en-US")}`,
  })),
  "a length": fc
    .tuple(natural, other)
    .map(([value, by]) => ({ gold: `${value}\\text{ cm}`, wrong: `${value + by}\\text{ cm}` })),
  "an area": natural.map((value) => ({ gold: `${value}\\text{ cm}^2`, wrong: `${value}\\text{ cm}^3` })),
  "a word": fc
    .tuple(word, word)
    .filter(([one, two]) => one !== two)
    .map(([one, two]) => ({ gold: `\\text{${one}}`, wrong: `\\text{${two}}` })),
  "a choice": fc
    .tuple(fc.constantFrom(..."ABCDE"), fc.constantFrom(..."ABCDE"))
    .filter(([one, two]) => one !== two)
    .map(([one, two]) => ({ gold: `(${one})`, wrong: `(${two})` })),
};

/** Changed answers of each kind; docs/grading.md tells of more. */
const trials = Number(process.env["TRIALS"] ?? 40);

/** How a model may write an answer down. */
const spellings: readonly ((answer: string) => string)[] = [
  (answer) => answer,
  (answer) => `$${answer}$`,
  (answer) => `So we get $\\boxed{${answer}}$.`,
  (answer) => `First 7, then 12.\n#### ${answer}`,
];

/** Grades, and expects a verdict within the second that even hostile input has. */
async function timed(gold: string, prediction: string): Promise<boolean> {
  const before = process.cpuUsage();
  const { equal } = await gradeAnswer(gold, prediction);
  // Of the processor, so that a busy machine does not count.
  expect(process.cpuUsage(before).user, `${gold} | ${prediction}`).toBeLessThan(1_000_000);
  return equal;
}

// The algebra engine is loaded by the first pair that needs it.
beforeAll(async () => void (await gradeAnswer("\\sin x", "\\cos x")));

describe("an answer of the wrong meaning is never equal, in whatever spelling, and the right one always:", () => {
  test.each(Object.entries(mutations))("%s", async (_name, mutation) => {
    await fc.assert(
      fc.asyncProperty(mutation, fc.constantFrom(...spellings), async ({ gold, wrong }, spell) => {
        expect(await timed(gold, spell(wrong)), `${gold} | ${spell(wrong)}`).toBe(false);
        expect(await timed(gold, spell(gold)), `${gold} | ${spell(gold)}`).toBe(true);
      }),
      { seed: 20_261_121, numRuns: trials },
    );
  });
});

test("a gold answer with one character changed is decided within a second, and never throws", async () => {
  const characters = [..."0123456789+-*/^_{}()[],.=<>|&%$\\ abcxyz"];
  const golds = fc.oneof(...Object.values(mutations)).map(({ gold }) => gold);
  await fc.assert(
    fc.asyncProperty(golds, fc.nat(), fc.constantFrom(...characters), async (gold, at, character) => {
      const place = at % gold.length;
      await timed(gold, `${gold.slice(0, place)}${character}${gold.slice(place + 1)}`);
      await timed(gold, `${gold.slice(0, place)}${character}${gold.slice(place)}`);
      await timed(`${gold.slice(0, place)}${gold.slice(place + 1)}`, gold);
    }),
    { seed: 20_261_121, numRuns: 400 },
  );
});
