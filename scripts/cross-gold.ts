/**
 * Grades the gold answers of a benchmark against those of all its other problems, both ways, and lists every pair of
 * different texts that comes out equal: each of them has to be really equal. `npx tsx scripts/cross-gold.ts FILE [...]`
 * reads JSON Lines with `answer` or `gold` and prints Markdown.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { crossGold } from "../src/problems/answer/cross-gold.ts";

const recordSchema = z.union([
  z.object({ answer: z.coerce.string() }).transform(({ answer }) => answer),
  z.object({ gold: z.coerce.string() }).transform(({ gold }) => gold),
]);

for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const golds = lines.map((line) => recordSchema.parse(JSON.parse(line)));
  const startedAt = performance.now();
  const { answers, pairs, equal } = await crossGold(golds);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.error(
    `${file}: ${golds.length} gold answers, ${answers} different texts, ${pairs} ordered pairs, ${equal.length} equal; ${seconds} s`,
  );
  console.log("| gold | prediction | the other way | reason |\n| --- | --- | --- | --- |");
  for (const { gold, prediction, bothWays, reason } of equal)
    console.log(`| ${cell(gold)} | ${cell(prediction)} | ${bothWays ? "equal" : "not equal"} | ${reason} |`);
}

function cell(text: string): string {
  return `\`${text.replaceAll("|", "\\|").replace(/\s+/g, " ")}\``;
}
