import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const folder = new URL("../../../../shared/data/", import.meta.url);

/** A set of questions recorded by others, which nano cannot answer. */
export interface RecordedQuestions {
  name: string;
  questions: readonly string[];
}

/**
 * The test questions of GSM8K (Cobbe et al., 2021) and the prompts of XSTest (Röttger et al., 2024), to measure how many
 * foreign questions a detector refuses; never to make one. They lie beside the project, in `../shared/data`; undefined
 * where that folder is absent.
 */
export function recordedQuestions(): RecordedQuestions[] | undefined {
  if (!existsSync(folder)) return undefined;
  const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
  return [
    { name: "GSM8K test", questions: gsm8kQuestions(read("gsm8k/test.jsonl")) },
    { name: "XSTest", questions: csvColumn(read("xstest/xstest_prompts.csv"), "prompt") },
  ];
}

const gsm8kSchema = z.object({ question: z.string() });

function gsm8kQuestions(lines: string): string[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => gsm8kSchema.parse(JSON.parse(line)).question);
}

/** One column of a CSV text with a header, where a field in quotes may hold commas, line ends and doubled quotes. */
export function csvColumn(text: string, name: string): string[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, separator] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (separator !== ",") rows.push([]);
  }
  const [header = [], ...records] = rows.filter((row) => row.length > 1);
  const column = header.indexOf(name);
  return records.flatMap((record) => record[column] ?? []);
}
