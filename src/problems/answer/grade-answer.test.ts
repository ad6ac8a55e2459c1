import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { processorTime } from "../../../test/support/processor-time.ts";
import { gradeAnswer } from "./grade-answer.ts";

const runs = { seed: 20, numRuns: 150 };

async function equal(gold: string, prediction: string, options = {}): Promise<boolean> {
  return (await gradeAnswer(gold, prediction, options)).equal;
}

describe("equal answers", () => {
  test.each([
    ["3/4", "0.75"],
    ["\\frac34", "\\dfrac{3}{4}"],
    ["1.5", "1\\frac12"],
    ["-3/2", "-1 1/2"],
    ["\\frac{1}{6}", "0.1\\overline{6}"],
    ["1/3", "0.333333"],
    ["\\pi", "3.141593"],
    ["1200", "1,200"],
    ["1200", "1{,}200 dollars"],
    ["\\$3.50", "3.5"],
    ["12\\%", "0.12"],
    ["12\\%", "12"],
    ["40^\\circ", "40 degrees"],
    ["6", "6 square metres"],
    ["6\\text{ cm}", "6 centimeters"],
    ["\\sqrt{12}", "2\\sqrt3"],
    ["\\frac{1}{\\sqrt{2}}", "\\frac{\\sqrt{2}}{2}"],
    ["\\frac{1}{1+\\sqrt{2}}", "\\sqrt{2}-1"],
    ["2^{10}", "1024"],
    ["x^{1/2}", "\\sqrt{x}"],
    ["(1,2]", "\\left(1, 2\\right]"],
    ["(-\\infty,1)\\cup(2,3]", "(2,3] \\cup (-\\infty,1)"],
    ["\\{1,2,3\\}", "{3, 1, 2}"],
    ["\\pm 3", "3 and -3"],
    ["2 \\pm \\sqrt{5}", "2-\\sqrt5, 2+\\sqrt5"],
    ["\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{bmatrix} 1 \\\\ 4/2 \\end{bmatrix}"],
    ["(x+1)(x-1)", "x^2 - 1"],
    ["\\frac{x^2-1}{x-1}", "x+1"],
    ["x=5", "5"],
    ["y = 2x + 1", "2x - y + 1 = 0"],
    ["x>-2", "-x < 2"],
    ["1 < x < 4", "(1,4)"],
    ["\\text{west}", "West."],
    ["\\text{(C)}", "C"],
    ["204_5", "204_{5}"],
    ["10\\choose", "10\\choose"],
    ["\\tan^2(t)+1", "\\sec^2(t)"],
    ["e^{i\\pi}", "-1"],
    ["2\\sqrt{2}", "2√2"],
    ["C", "**C**"],
    ["C", "Answer: (C) 12"],
    ["C", "The correct option is C."],
    ["C", "The answer is C. A parabola"],
    ["\\emptyset", "\\varnothing"],
    ["\\emptyset", "\\{\\}"],
    ["\\frac{1}{3}", "0.\\bar{3}"],
    ["\\frac{1}{6}", "0.1666..."],
    ["1500", "1.5e3"],
    ["10", "\\dbinom{5}{2}"],
    ["x \\in \\mathbb{R}", "\\mathbb{R}"],
    ["25\\text{ cm}^2", "25 square centimeters"],
    ["2", "So the answer is $\\mathbf{2}$."],
    ["2", "Answer: `2`"],
    ["2^{2024}", "4^{1012}"],
    ["2^{n+1}", "2 \\cdot 2^n"],
    ["\\sec x", "\\frac{1}{\\cos x}"],
  ])("%s is %s", async (gold, prediction) => {
    expect(await gradeAnswer(gold, prediction)).toMatchObject({ equal: true });
  });
});

describe("different answers", () => {
  test.each([
    ["3/4", "0.7500001"],
    ["1/3", "0.33"],
    ["0.0000672", "0.0000671"],
    ["0.000001", "0.00000123"],
    ["32349", "32, 349"],
    ["6\\text{ cm}", "6 m"],
    ["5", "5x"],
    ["(1,2)", "(2,1)"],
    ["(1,2)", "[1,2]"],
    ["(1,2)", "\\{1,2\\}"],
    ["\\{1,2\\}", "\\{1,2,3\\}"],
    ["\\pm 3", "3"],
    ["x^2+1", "y^2+1"],
    ["\\sqrt{2}", "\\sqrt{3}"],
    ["x>2", "x<2"],
    ["x=5", "x=6"],
    ["y=2x", "y=-2x"],
    ["[1,4]", "1 \\le x \\le 4"],
    ["\\text{odd}", "ddo"],
    ["204_5", "204_6"],
    ["4, 1", "1, 4"],
    ["\\sin x", "\\cos x"],
    ["12\\%", "13\\%"],
    ["36^\\circ", "$\\boxed{\\$36}$"],
    ["\\$5", "5 cents"],
    ["5\\text{ cm}^2", "5\\text{ cm}"],
    ["5\\text{ cm}^2", "5\\text{ cm}^3"],
    ["n!", "n"],
    ["\\sin 1", "\\sin 1.00000000001"],
    ["0", "\\emptyset"],
    ["0.1666", "\\frac{1}{6}"],
    ["C", "D. C is wrong"],
    ["C", "Answer: (D) 12"],
    ["C", "The correct option is D."],
    ["C", "I had option C at first, and then 12."],
    ["7", ""],
    ["7", "I do not know."],
  ])("%s is not %s", async (gold, prediction) => {
    expect(await gradeAnswer(gold, prediction)).toMatchObject({ equal: false });
  });
});

describe("options", () => {
  it("loosen the rounding, the names of variables and relations that stand for sets", async () => {
    expect(await equal("1/3", "0.33", { precision: 2 })).toBe(true);
    expect(await equal("1/3", "0.34", { precision: 2 })).toBe(false);
    expect(await equal("x+2y", "a+2b", { strict: false })).toBe(true);
    expect(await equal("x+2y", "a+2a", { strict: false })).toBe(false);
    expect(await equal("[1,4]", "1 \\le x \\le 4", { allowSetRelations: true })).toBe(true);
    expect(await equal("5", "The sum is 5.", { matchTypes: ["latex"] })).toBe(false);
  });
});

describe("hostile input", () => {
  const hostile: [name: string, text: string][] = [
    ["a tower of powers", "9^{9^9}"],
    ["a tower in the denominator", "\\frac{1}{10^{10^{10}}}"],
    ["a factorial of a million", "1000000!"],
    ["ten thousand braces", "{".repeat(10_000)],
    ["ten thousand balanced braces", `${"{".repeat(5_000)}1${"}".repeat(5_000)}`],
    ["a thousand boxes", "\\boxed{".repeat(1_000)],
    ["a megabyte of digits", "7".repeat(1_000_000)],
    ["a megabyte of dollars", "$".repeat(1_000_000)],
    ["a megabyte of spaces", `a${" ".repeat(1_000_000)}b`],
    ["a long list", Array.from({ length: 1_500 }, () => "1").join(",")],
    ["a large power of a sum", "(a+b+c+d+e+f)^{300}"],
    ["unbalanced brackets", "}{)(]["],
    [
      "large powers of many numbers",
      Array.from({ length: 80 }, (_, index) => `\\frac1{${index + 2}^{2400}}`).join("+"),
    ],
    ["nested roots", `${"\\sqrt{".repeat(100)}x${"}".repeat(100)}`],
  ];

  test.each(hostile)("%s ends within a second, as not equal to 1", async (_, text) => {
    await gradeAnswer("\\sin x", "\\cos x");
    const pairs: [gold: string, prediction: string][] = [
      ["1", text],
      ["1", `$\\boxed{${text}}$`],
      [text, "1"],
    ];
    for (const [gold, prediction] of pairs)
      expect(await processorTime(() => gradeAnswer(gold, prediction), 1_000)).toBeLessThan(1_000);
    const verdicts = await Promise.all(pairs.map(([gold, prediction]) => gradeAnswer(gold, prediction)));
    for (const { equal, reason } of verdicts) {
      expect(equal).toBe(false);
      expect(reason).not.toBe("");
    }
  });

  it("never throws, whatever the texts", async () => {
    const pieces = fc.constantFrom(
      "\\frac",
      "{",
      "}",
      "1",
      "x",
      "^",
      "_",
      "\\sqrt",
      "(",
      ")",
      "[",
      "]",
      ",",
      "=",
      "<",
      "\\pm",
      "\\cup",
      "\\text{a}",
      "$",
      "|",
      "-",
      "\\begin{pmatrix}",
      "\\end{pmatrix}",
      "&",
      "\\\\",
      "!",
      "%",
      ".",
      " ",
      "\\boxed{",
      "\\sin",
      "and",
    );
    const texts = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(texts, texts, async (gold, prediction) => {
        expect((await gradeAnswer(gold, prediction)).reason).not.toBe("");
      }),
      { ...runs, numRuns: 400 },
    );
  });
});

describe("numbers", () => {
  const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });

  it("are never equal when their values differ, in whatever spelling", async () => {
    const spellings = (top: number, bottom: number) => [
      `\\frac{${top}}{${bottom}}`,
      `The answer is ${top}/${bottom}.`,
      `$\\boxed{\\dfrac{${2 * top}}{${2 * bottom}}}$`,
    ];
    const pair = fc.tuple(whole, fc.integer({ min: 2, max: 999 }));
    await fc.assert(
      fc.asyncProperty(pair, pair, fc.nat({ max: 2 }), async ([a, b], [c, d], style) => {
        const same = BigInt(a) * BigInt(d) === BigInt(c) * BigInt(b);
        expect(await equal(`\\frac{${a}}{${b}}`, spellings(c, d)[style] ?? "")).toBe(same);
        expect(await equal(`\\frac{${a}}{${b}}`, spellings(a, b)[style] ?? "")).toBe(true);
      }),
      runs,
    );
  });

  it("are no longer equal once a digit is changed", async () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,7}(\.\d{0,3}[1-9])?$/);
    await fc.assert(
      fc.asyncProperty(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), async (text, at, shift) => {
        const index = at % text.length;
        const digit = text.charAt(index);
        fc.pre(digit !== ".");
        const changed = `${text.slice(0, index)}${(Number(digit) + shift) % 10}${text.slice(index + 1)}`;
        expect(await equal(text, text)).toBe(true);
        expect(await equal(text, changed)).toBe(false);
        expect(await equal(text, `So it is $\\boxed{${changed}}$.`)).toBe(false);
      }),
      runs,
    );
  });
});
