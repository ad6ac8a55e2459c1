import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readBenchmark } from "./read-benchmark.ts";
import { findBenchmark } from "./registry.ts";

const data = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

/** What the files of others hold; none of them is in this repository. */
const expected: [benchmark: string, file: string, problems: number][] = [
  ["gsm8k", "gsm8k/test.jsonl", 1319],
  ["gsm8k", "gsm8k/train-first-1000.jsonl", 1000],
  ["math500", "math500/test.jsonl", 500],
  ["aime24", "aime24/test.jsonl", 30],
  ["amc23", "amc23/test.jsonl", 40],
  ["game24", "game24/24.csv", 1362],
  ["processbench", "processbench/gsm8k.json", 400],
  ["processbench", "processbench/math.json", 1000],
  ["mr-gsm8k", "mr-gsm8k/gpt4-grading.GPT3_5.json", 173],
  ["mr-math", "reasoneval/mr-math_invalid_errors.json", 159],
  ["prm800k", "prm800k/prm800k-phase1-train-example.json", 3],
  ["prm800k", "prm800k/prm800k-phase2-test-example.json", 1],
  ["simpleqa", "simpleqa/simple_qa_first_200.csv", 200],
  ["xstest", "xstest/xstest_prompts.csv", 450],
];

describe.skipIf(!existsSync(data))("the recorded data of others (needs ../shared/data)", () => {
  it.each(expected)("reads all of %s from %s: %i problems, none bad", async (name, file, count) => {
    const path = join(data, file);
    const { problems, bad } = await readBenchmark(findBenchmark(name), path);
    expect(bad).toEqual([]);
    expect(problems).toHaveLength(count);
    expect(new Set(problems.map(({ question }) => question.id)).size).toBe(count);
  });
});
