import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { runInProcess } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

function file(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

const rows = [
  { id: 1, scores: [0.9, 0.8], labels: [1, 1] },
  { id: 2, scores: [0.9, 0.5, 0.7], labels: [1, 1, 1] },
  { id: 3, scores: [0.8, 0.2, 0.1], labels: [1, 0] },
  { id: 4, scores: [0.4, 0.6, 0.9], labels: [1, 0, 0] },
];

test("judge prints how well recorded scores find what is wrong, and what other thresholds would", async () => {
  const { code, out, err } = await runInProcess(["judge", "--replay", file("scores.jsonl", rows)]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n")).toEqual([
    "4 solutions, 2 of them wrong; 9 steps up to the first wrong one; right above 0.5",
    "",
    "measure                   value",
    "solution macro-F1         0.733",
    "step macro-F1             0.585",
    "solution AUC              1.000",
    "step AUC                  0.857",
    "first wrong step found    50.0% (9.5 to 90.5)",
    "right solutions passed    50.0% (9.5 to 90.5)",
    "ProcessBench F1           0.500",
    "MR-Score without reasons  0.265",
    "",
    expect.stringMatching(
      /^right above {2}solution F1 {2}step F1 {2}first wrong step {2}passed {2}ProcessBench F1$/,
    ),
    ...["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"].map((threshold) =>
      expect.stringMatching(new RegExp(`^${threshold} .*%.*\\d\\.\\d{3}$`)),
    ),
    "",
  ]);
});

test("judge gives the same as JSON, from two files and columns of any name", async () => {
  const one = await runInProcess(["judge", "--json", "--replay", file("scores.jsonl", rows)]);
  const scores = rows.map(({ id, scores: p }) => ({ key: id, p }));
  const labels = rows.map(({ id, labels: given }) => ({
    key: String(id),
    wrong: given.indexOf(0) + 1 || -1,
  }));
  const words = ["--scores", "p", "--first-error", "wrong", "--count-from", "1", "--id", "key"];
  const two = await runInProcess([
    ...["judge", "--json", "--replay", file("p.jsonl", scores)],
    ...["--labels-from", file("wrong.jsonl", labels), ...words],
  ]);
  expect(two).toEqual(one);
  expect(JSON.parse(one.out)).toMatchObject({
    solutions: 4,
    threshold: 0.5,
    processBenchF1: 0.5,
    skipped: 0,
  });
  expect(JSON.parse(one.out).sweep).toHaveLength(9);
});

test("judge tells of records that it cannot use, and sweeps the scores' own range", async () => {
  const bad = Array.from({ length: 7 }, () => ({ scores: "none" }));
  const good = Array.from({ length: 10 }, (_, index) => ({ scores: [-index], labels: [index < 5 ? 1 : 0] }));
  const path = file("scores.jsonl", [...bad, ...good]);
  const { code, out, err } = await runInProcess(["judge", "--json", "--threshold", "-4.5", "--replay", path]);
  expect(code).toBe(0);
  expect(err.split("\n")).toHaveLength(7);
  expect(err).toContain(`skipped: ${path}:1: "scores" should be numbers, one a step\n`);
  expect(err).toContain("skipped: 2 more records\n");
  expect(JSON.parse(out)).toMatchObject({ skipped: 7, solutionMacroF1: 1, stepAuc: 1 });
  expect(JSON.parse(out).sweep.map(({ threshold }: { threshold: number }) => threshold)).toEqual([
    -8, -7, -6, -5, -4, -3, -2, -1, 0,
  ]);
});

test("judge says in one line what is wrong with what it was given", async () => {
  const missing = await runInProcess(["judge", "--replay", join(folder, "none.jsonl")]);
  expect(missing).toMatchObject({ code: 2, out: "" });
  expect(missing.err).toMatch(/^sojourn: cannot read .*none\.jsonl: .*\n$/);
  const column = await runInProcess(["judge", "--scores", "p", "--replay", file("scores.jsonl", rows)]);
  expect(column.code).toBe(2);
  expect(column.err).toContain('no column "p"; no solution can be judged: name its columns');
  expect((await runInProcess(["judge"])).code).toBe(2);
  const counted = await runInProcess(["judge", "--replay", "x", "--count-from", "2"]);
  expect(counted.err).toContain("0 or 1 is needed");
});
