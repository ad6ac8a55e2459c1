/**
 * Writes `detector.json` beside a checkpoint and prints how well it tells nano's questions from others:
 * `npx tsx scripts/build-detector.ts [FOLDER]`, default weights/nano. The same gym gives the same file.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatProportion, proportion } from "../src/evaluate/proportion.ts";
import { buildDetector } from "../src/nano/detector/build-detector.ts";
import { QuestionDetector } from "../src/nano/detector/detector.ts";
import {
  detectorQuestions,
  heldOutQuestions,
  unseenForeignQuestions,
} from "../src/nano/detector/gym-questions.ts";
import { recordedQuestions } from "../src/nano/detector/recorded-questions.ts";
import { familyNames } from "../src/problems/gym/gym.ts";

const testQuestions = 500;
const folder = process.argv[2] ?? "weights/nano";

const file = buildDetector(detectorQuestions());
const text = `${JSON.stringify(file)}\n`;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "detector.json"), text);
console.log(
  `${join(folder, "detector.json")}: ${(text.length / 1000).toFixed(1)} kB, limit ${file.surpriseLimit.toFixed(2)} bits`,
);

const detector = new QuestionDetector(file);
const accepted = (questions: readonly string[]): number =>
  questions.filter((question) => detector.accepts(question)).length;

for (const family of familyNames) {
  const questions = heldOutQuestions(family, "test", testQuestions);
  report(`${family}, held-out phrasings, accepted`, accepted(questions), questions.length);
}
const recorded = recordedQuestions();
if (!recorded) console.log("GSM8K and XSTest skipped: there is no ../shared/data beside the project");
for (const { name, questions } of [
  { name: "our own foreign questions not calibrated on", questions: unseenForeignQuestions },
  ...(recorded ?? []),
]) {
  report(`${name}, refused`, questions.length - accepted(questions), questions.length);
}

function report(what: string, count: number, all: number): void {
  console.log(`${what}: ${count}/${all}, ${formatProportion(proportion(count, all))}`);
}
