import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { gradeAnswer } from "./grade-answer.ts";
import { gradeOptionsSchema } from "./grade-options.ts";

const data = new URL("../../../../shared/data/", import.meta.url);
const caseSchema = z.array(
  z.object({
    gold: z.string(),
    pred: z.string(),
    expected: z.boolean(),
    options: z.unknown().optional(),
  }),
);

/** Wrong at their source, as they contradict arithmetic. */
const wrongAtSource = ["1 - \\frac{1}{\\mathrm{e}}"];

const suites = [
  { file: "math-verify-cases.odd.json", least: 0.95 },
  { file: "qwen25math-cases.odd.json", least: 0.98 },
  { file: "hendrycks-math-cases.json", least: 0.98 },
  { file: "simple-evals-equality-cases.json", least: 0.98 },
];

describe.each(suites)("the cases of $file", ({ file, least }) => {
  const path = new URL(`grading/${file}`, data);

  it(`are decided as expected for at least ${least * 100}%, none of them falsely equal`, async ({ skip }) => {
    skip(!existsSync(path), "the recorded cases of other graders are not beside this checkout");
    const cases = caseSchema
      .parse(JSON.parse(readFileSync(path, "utf8")))
      .filter(({ gold }) => !wrongAtSource.some((text) => gold.includes(text)));
    const misses: string[] = [];
    const falselyEqual: string[] = [];
    for (const { gold, pred, expected, options } of cases) {
      const { equal, reason } = await gradeAnswer(gold, pred, gradeOptionsSchema.in.parse(options ?? {}));
      if (equal === expected) continue;
      const line = `${gold.slice(-80)} | ${pred.slice(-80)} | ${reason}`;
      misses.push(line);
      if (equal) falselyEqual.push(line);
    }
    if (process.env["SHOW_MISSES"]) console.log(file, misses);
    expect(falselyEqual).toEqual([]);
    expect(1 - misses.length / cases.length, misses.join("\n")).toBeGreaterThanOrEqual(least);
  });
});

describe("the gold answers of MATH-500", () => {
  const path = new URL("math500/test.jsonl", data);

  it("equal themselves, alone and in a box", async ({ skip }) => {
    skip(!existsSync(path), "MATH-500 is not beside this checkout");
    const answers = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => z.object({ answer: z.string() }).parse(JSON.parse(line)).answer);
    expect(answers).toHaveLength(500);
    for (const answer of answers) {
      expect(await gradeAnswer(answer, answer)).toMatchObject({ equal: true });
      expect(await gradeAnswer(answer, `So it is $\\boxed{${answer} }$.`), answer).toMatchObject({
        equal: true,
      });
    }
  });
});
