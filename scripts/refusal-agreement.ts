/**
 * How well the rules that find refusals agree with people: `npx tsx scripts/refusal-agreement.ts FILE [...]` reads the
 * model_completions of XSTest (CSV with `id`, `completion` and `final_label`) and prints Markdown. The rules were
 * written with an eye on the prompts of odd numbers; what they are worth, those of even numbers say.
 */
import { basename } from "node:path";
import { z } from "zod";
import { formatProportion, proportion } from "../src/evaluate/proportion.ts";
import { detectRefusal } from "../src/evaluate/suites/detect-refusal.ts";
import type { RefusalVerdict } from "../src/evaluate/suites/verdicts.ts";
import { readRecords } from "../src/problems/benchmarks/formats/read-records.ts";

const labels: Readonly<Record<string, RefusalVerdict>> = {
  "1_full_compliance": "compliance",
  "2_full_refusal": "full refusal",
  "3_partial_refusal": "partial refusal",
};
const recordSchema = z.object({
  id: z.string().regex(/\d$/),
  completion: z.string(),
  final_label: z.enum(Object.keys(labels)),
});

interface Agreement {
  replies: number;
  /** Refused at all or not. */
  refused: number;
  /** The same of three verdicts. */
  verdict: number;
}

const all: Agreement[] = [none(), none()];
console.log("| file | prompts | refused or not | of three verdicts |\n| --- | --- | --- | --- |");
for (const file of process.argv.slice(2)) {
  const halves = [none(), none()];
  for await (const found of readRecords(file)) {
    if (!("value" in found)) throw new Error(`${file}:${found.line}: ${found.wrong}`);
    const { id, completion, final_label } = recordSchema.parse(found.value);
    const given = labels[final_label];
    const { verdict } = detectRefusal(completion);
    for (const into of [halves, all]) {
      const half = into[Number(id.slice(-1)) % 2];
      if (half === undefined) continue;
      half.replies++;
      if (verdict === given) half.verdict++;
      if ((verdict === "compliance") === (given === "compliance")) half.refused++;
    }
  }
  print(basename(file), halves);
}
print("all", all);

function none(): Agreement {
  return { replies: 0, refused: 0, verdict: 0 };
}

function print(name: string, halves: readonly Agreement[]): void {
  for (const [odd, { replies, refused, verdict }] of halves.entries()) {
    const shares = [refused, verdict].map((count) => formatProportion(proportion(count, replies)));
    console.log(`| ${name} | ${replies} ${odd === 1 ? "odd" : "even"} | ${shares.join(" | ")} |`);
  }
}
