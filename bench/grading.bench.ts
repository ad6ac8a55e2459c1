import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { gradeAnswer } from "../src/problems/answer/grade-answer.ts";
import { Random } from "../src/thought/random.ts";
import { calibrate } from "./calibration.ts";

/** Answers in the manner of MATH, for a checkout without the real ones beside it. */
const ownAnswers = [
  "\\frac{3}{4}",
  "2\\sqrt{3}",
  "(1, \\frac{\\pi}{2})",
  "90^\\circ",
  "x^2+2x+1",
  "\\text{north}",
  "1 \\pm \\sqrt{5}",
  "[0, 1) \\cup (2, \\infty)",
  "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
  "\\$1,200",
  "12",
  "0.125",
  "3 - 2i",
];
const recorded = new URL("../../shared/data/math500/test.jsonl", import.meta.url);
const answers = existsSync(recorded)
  ? readFileSync(recorded, "utf8")
      .trim()
      .split("\n")
      .map((line) => z.object({ answer: z.string() }).parse(JSON.parse(line)).answer)
  : ownAnswers;

const random = new Random("grading");
const numbers = Array.from({ length: 4_000 }, () => {
  const value = String(random.integer(0, 999_999));
  return {
    gold: value,
    pred: random.chance(0.5) ? `The answer is ${value}.` : String(random.integer(0, 999_999)),
  };
});
/** Each answer against itself in another spelling, and against the next. */
const formulas = answers.flatMap((gold, index) => [
  { gold, pred: `Hence $\\boxed{ ${gold.replaceAll("\\frac", "\\dfrac")} }$.` },
  { gold, pred: answers[(index + 1) % answers.length] ?? gold },
]);

console.log(`calibration loop ${calibrate().toFixed(0)} ms`);
await measure("plain numbers", numbers, 2_000);
await measure(existsSync(recorded) ? "MATH-500's gold answers" : "answers of our own", formulas, 300);

async function measure(name: string, pairs: readonly { gold: string; pred: string }[], bar: number) {
  // Once before, so that neither compilation nor the loading of the algebra engine is timed.
  let equal = 0;
  for (const { gold, pred } of pairs) if ((await gradeAnswer(gold, pred)).equal) equal++;
  const start = performance.now();
  for (const { gold, pred } of pairs) await gradeAnswer(gold, pred);
  const rate = (1000 * pairs.length) / (performance.now() - start);
  const met = rate >= bar;
  console.log(
    `${name}: ${rate.toFixed(0)} pairs a second (${pairs.length} pairs, ${equal} equal); at least ${bar}: ${met ? "met" : "MISSED"}`,
  );
  if (!met) process.exitCode = 1;
}
