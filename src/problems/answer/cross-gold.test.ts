import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { crossGold } from "./cross-gold.ts";

/** What is left of an answer without spelling, degrees, money and units: another way to tell than the grader's. */
function bare(answer: string): string {
  return answer
    .replace(/\\frac(\d)(\d)/g, "\\frac{$1}{$2}")
    .replace(/\\mbox\{.*$/, "")
    .replace(/\^\\circ|\\\$|\\!|[\s,]|^x=/g, "");
}

test("lists each pair of different texts once, with the direction in which it is equal", async () => {
  const golds = ["1/2", "0.5", "7", "7", "(1, 2)", "1 < x < 2", "8"];
  const { answers, pairs, equal } = await crossGold(golds);
  expect([answers, pairs]).toEqual([6, 30]);
  expect(equal.map(({ gold, prediction, bothWays }) => [gold, prediction, bothWays])).toEqual([
    ["1/2", "0.5", true],
    ["1 < x < 2", "(1, 2)", false],
  ]);
});

test("finds no gold answer of MATH-500 equal to one that says something else", async ({ skip }) => {
  const path = new URL("../../../../shared/data/math500/test.jsonl", import.meta.url);
  skip(!existsSync(path), "MATH-500 is not beside this checkout");
  const golds = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => z.object({ answer: z.string() }).parse(JSON.parse(line)).answer);
  // A sample, with all answers that have an equal one elsewhere; scripts/cross-gold.ts takes all of them.
  const marked = /\\circ|\\\$|\\mbox|\\!|^x=|\\frac\d/;
  const alike = new Set(golds.filter((gold) => marked.test(gold)).map(bare));
  const sample = golds.filter((gold, index) => index % 8 === 0 || alike.has(bare(gold)));
  const { answers, equal } = await crossGold(sample);
  expect(answers).toBeGreaterThan(60);
  expect(equal.length).toBeGreaterThanOrEqual(9);
  for (const { gold, prediction } of equal) expect(bare(prediction), gold).toBe(bare(gold));
});
