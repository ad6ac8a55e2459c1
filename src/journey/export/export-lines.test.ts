import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { readRecords } from "../../problems/benchmarks/formats/read-records.ts";
import { ownBenchmark } from "../../problems/benchmarks/own.ts";
import { readBenchmark } from "../../problems/benchmarks/read-benchmark.ts";
import { findBenchmark } from "../../problems/benchmarks/registry.ts";
import type { PreferenceLine, StepLabelLine, ThoughtLine } from "../dataset.ts";
import { writeJsonLines } from "../jsonl.ts";
import { exportLines } from "./export-lines.ts";
import { exportFormats, findExportFormat } from "./formats.ts";

const source = { run: "r", question: "q", family: "countdown" };
const thoughts: ThoughtLine[] = [
  {
    ...{
      id: "1",
      question: 'Make 33 from 3, 7 and 12.\n"Quickly", please.',
      answer: "12 * 3 - 3",
      kind: "journey-refined",
    },
    ...{ thought: ["make 33 from 3 7 12", "wait, back to 3 7 12", "12 * 3 = 36"], source },
  },
  { id: "2", question: "1 + 1?", thought: ["it's 2, Δ"], answer: "2", kind: "shortcut", source },
];
const pairs: PreferenceLine[] = [
  {
    ...{ id: "1", question: "1 + 1?", kind: "preference", source },
    chosen: { thought: ["two"], answer: "2" },
    rejected: { thought: [], answer: "3" },
  },
];
const labels: StepLabelLine[] = [
  {
    ...{ id: "1", question: "2 + 3 + 4?", steps: ["2 + 3 = 5", "5 + 4 = 8", "so 8"], gold: "9", answer: "8" },
    ...{ hard: [1, 0, 0], soft: [0.75, 0, 0], completions: [4, 4, 1], correct: false },
    ...{ kind: "process-reward", source },
  },
  {
    ...{
      id: "2",
      question: "2 + 3?",
      steps: ["2 + 3 = 5"],
      hard: [1],
      soft: [1],
      completions: [2],
      gold: "5",
    },
    ...{ kind: "process-reward", source },
  },
];

const infoSchema = z.record(z.string(), z.looseObject({ columns: z.record(z.string(), z.string()) }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sojourn-export-"));
  writeJsonLines(join(folder, "thoughts.jsonl"), thoughts);
  writeJsonLines(join(folder, "pairs.jsonl"), pairs);
  writeJsonLines(join(folder, "labels.jsonl"), labels);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file in a format, with Parquet, and gives the paths of both. */
async function exported(name: string, format: string): Promise<string[]> {
  const out = join(folder, "out");
  await exportLines([join(folder, `${name}.jsonl`)], findExportFormat(format), { out, parquet: true });
  return [join(out, `${name}.jsonl`), join(out, `${name}.parquet`)];
}

async function recordsOf(path: string): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const found of readRecords(path)) records.push("value" in found ? found.value : found);
  return records;
}

test("long thoughts come back through the reader of GAIR/o1-journey, from JSONL and Parquet", async () => {
  for (const path of await exported("thoughts", "o1-journey")) {
    const { problems, bad } = await readBenchmark(findBenchmark("o1-journey"), path);
    expect(bad).toEqual([]);
    expect(problems.map(({ question, gold }) => [question.text, gold])).toEqual(
      thoughts.map(({ question, answer }) => [question, answer]),
    );
    expect(problems[0]?.longThought).toBe(
      "make 33 from 3 7 12\nwait, back to 3 7 12\n12 * 3 = 36\n#### 12 * 3 - 3",
    );
  }
});

test("step labels come back through the reader of PRM800K, up to the first wrong step", async () => {
  for (const path of await exported("labels", "prm800k")) {
    const { problems, bad } = await readBenchmark(findBenchmark("prm800k"), path);
    expect(bad).toEqual([]);
    expect(problems.map(({ recorded, gold, tags }) => [recorded, gold, tags?.["phase"]])).toEqual([
      [
        {
          steps: [
            { text: "2 + 3 = 5", rating: 1 },
            { text: "5 + 4 = 8", rating: -1 },
          ],
          firstError: 1,
        },
        "9",
        "2",
      ],
      [{ steps: [{ text: "2 + 3 = 5", rating: 1 }] }, "5", "2"],
    ]);
  }
});

test("step labels come back through the reader of Math-Shepherd, all of them", async () => {
  for (const path of await exported("labels", "math-shepherd")) {
    const { problems, bad } = await readBenchmark(findBenchmark("math-shepherd"), path);
    expect(bad).toEqual([]);
    expect(problems.map(({ question }) => question.text)).toEqual(["2 + 3 + 4?", "2 + 3?"]);
    expect(problems[0]?.recorded).toEqual({
      steps: [
        { text: "Step 1: 2 + 3 = 5", rating: 1 },
        { text: "Step 2: 5 + 4 = 8", rating: -1 },
        { text: "Step 3: so 8 The answer is: 8", rating: -1 },
      ],
      firstError: 1,
    });
  }
});

test("conversations for TRL say the same in JSONL and Parquet", async () => {
  const reply = "<think>\nit's 2, Δ\n</think>\n\n2";
  for (const path of await exported("thoughts", "trl-sft")) {
    expect((await recordsOf(path))[1]).toEqual({
      prompt: [{ role: "user", content: "1 + 1?" }],
      completion: [{ role: "assistant", content: reply }],
    });
  }
  for (const path of await exported("pairs", "trl-dpo")) {
    expect(await recordsOf(path)).toEqual([
      {
        prompt: [{ role: "user", content: "1 + 1?" }],
        chosen: [{ role: "assistant", content: "<think>\ntwo\n</think>\n\n2" }],
        rejected: [{ role: "assistant", content: "3" }],
      },
    ]);
  }
});

test("rows for LLaMA-Factory stand beside a dataset_info.json that names their columns", async () => {
  const columns = ownBenchmark({ question: "instruction", answer: "output" });
  for (const path of await exported("thoughts", "llama-factory-sft")) {
    const { problems, bad } = await readBenchmark(columns, path);
    expect(bad).toEqual([]);
    expect(problems.map(({ question }) => question.text)).toEqual(thoughts.map(({ question }) => question));
    expect(problems[1]?.gold).toBe("<think>\nit's 2, Δ\n</think>\n\n2");
  }
  const [path = ""] = await exported("pairs", "llama-factory-dpo");
  const info = infoSchema.parse(JSON.parse(readFileSync(join(folder, "out/dataset_info.json"), "utf8")));
  expect(info["pairs"]).toMatchObject({ file_name: "pairs.jsonl", ranking: true });
  const [row] = await recordsOf(path);
  for (const column of Object.values(info["pairs"]?.columns ?? {})) expect(row).toHaveProperty(column);
});

describe("every format", () => {
  test.each(exportFormats.map((format) => [format.name, format] as const))(
    "%s writes the columns it says",
    (_, format) => {
      const rows = [...thoughts, ...pairs, ...labels]
        .map((line) => format.row(line))
        .filter((row) => !("fault" in row));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(format.columns));
    },
  );
});

test("counts what it has no place for, and says what it takes where that is everything", async () => {
  writeJsonLines(join(folder, "mixed.jsonl"), [...thoughts, ...pairs]);
  const out = join(folder, "out");
  const mixed = await exportLines([join(folder, "mixed.jsonl")], findExportFormat("trl-sft"), {
    out,
    parquet: false,
  });
  expect(mixed).toMatchObject({ rows: 2, skipped: { "preference lines are not thoughts": 1 } });
  await expect(exported("pairs", "prm800k")).rejects.toThrow(
    /^nothing to write as prm800k: preference lines are not/,
  );
  expect(() => findExportFormat("trl")).toThrow(/^no format "trl"; /);
  const twice = [join(folder, "pairs.jsonl"), join(folder, "other/pairs.jsonl")];
  await expect(exportLines(twice, findExportFormat("trl-dpo"), { out, parquet: false })).rejects.toThrow(
    /^two files are called pairs; /,
  );
});
