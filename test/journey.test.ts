import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { journeyLineSchema } from "../src/journey/dataset.ts";
import { labelledThoughtSchema, preferenceSchema, readData, thoughtSchema } from "../src/train/data.ts";
import { runInProcess, type Said } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { startWalker } from "./support/walker-endpoint.ts";

// The first command of each kind loads its rooms, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let config: string;
let data: string;

beforeEach(async () => {
  folder = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", join(folder, "runs"));
  const started = await startWalker(folder, 5);
  onTestFinished(() => started.endpoint.close());
  ({ config, data } = started);
});

const run = (...words: string[]): Promise<Said> => runInProcess([...words, "--config", config]);
const grow = (...more: string[]) =>
  run("grow", "own", "--data", data, "--model", "vllm/walker", "--order", "asked", "--depth", "4", ...more);
const weave = (...more: string[]) => run("weave", "latest", "--out", join(folder, "data"), ...more);
const dataSet = (name: string): string => join(folder, "data", `${name}.jsonl`);

describe("from problems to data sets", () => {
  test("grows, weaves what training reads, and exports it", async () => {
    const grown = await grow("--width", "3", "--keep", "4", "--completions", "2");
    expect(grown).toMatchObject({ code: 0 });
    expect(grown.out).toMatch(/^5 trees of \d+ steps: \d+ right leaves, \d+ wrong\n/);
    expect(grown.out).toMatch(/\nnext: sojourn weave \S+ --out data\n$/);

    const arms = ["shortcut", "journey-draft", "journey-refined", "preference", "process-reward"];
    const woven = await weave("--arms", arms.join(), "--writer", "vllm/refiner", "--pairs", "2");
    expect(woven).toMatchObject({ code: 0, err: "" });
    expect(woven.out).toMatch(/^5 graded trees\ndata set +lines +left out or as it was\n/);
    for (const arm of arms) {
      const lines = readFileSync(dataSet(arm), "utf8").trim().split("\n");
      for (const line of lines) journeyLineSchema.parse(JSON.parse(line));
    }
    for (const arm of arms.slice(0, 3))
      expect((await readData(dataSet(arm), thoughtSchema)).lines).not.toEqual([]);
    expect((await readData(dataSet("preference"), preferenceSchema)).lines.length).toBeGreaterThan(0);
    expect((await readData(dataSet("process-reward"), labelledThoughtSchema)).lines.length).toBeGreaterThan(
      0,
    );

    const out = join(folder, "export");
    const words = ["--format", "trl-sft", "--parquet", "--out", out];
    const exported = await runInProcess([
      "export",
      dataSet("shortcut"),
      dataSet("journey-refined"),
      ...words,
    ]);
    expect(exported).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(out).sort()).toEqual([
      "journey-refined.jsonl",
      "journey-refined.parquet",
      "shortcut.jsonl",
      "shortcut.parquet",
    ]);
  });

  test("says all of it as JSON, and nothing else", async () => {
    const grown = await grow("--json");
    expect(JSON.parse(grown.out)).toMatchObject({
      problems: 5,
      trees: 5,
      failed: 0,
    });
    const woven = await weave("--json", "--arms", "shortcut");
    expect(JSON.parse(woven.out)).toMatchObject({ trees: 5, arms: { shortcut: { file: "shortcut.jsonl" } } });
    expect(grown.err + woven.err).toBe("");
  });

  test("weaves again what is woven without a call, and refuses another request in its folder", async () => {
    await grow();
    await weave("--arms", "journey-refined", "--writer", "vllm/refiner");
    const before = readFileSync(dataSet("journey-refined"), "utf8");
    await weave("--arms", "journey-refined", "--writer", "vllm/refiner");
    expect(readFileSync(dataSet("journey-refined"), "utf8")).toBe(before);
    const other = await weave("--arms", "journey-refined", "--writer", "vllm/refiner", "--seed", "1");
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^sojourn: .* name another --out, or remove it\n$/),
    });
  });

  test("weaves an evaluation too: its right samples, and pairs of right and wrong ones about one problem", async () => {
    const words = [
      "--model",
      "vllm/walker",
      "--strategy",
      "best-of-n",
      "--thoughts",
      "1",
      "--order",
      "asked",
    ];
    const evaluated = await run("eval", "own", "--data", data, "--samples", "8", ...words, "--quiet");
    expect(evaluated).toMatchObject({ code: 0 });
    const woven = await weave("--arms", "shortcut,preference", "--pairs", "2", "--json");
    const { shortcut, preference } = JSON.parse(woven.out).arms;
    expect(shortcut.lines).toBeGreaterThan(2);
    expect(preference.lines).toBeGreaterThan(2);
  });

  test("distills a teacher's right thoughts, and says what they cost", async () => {
    const out = join(folder, "distilled");
    const words = [
      "distill",
      "own",
      "--data",
      data,
      "--model",
      "vllm/walker",
      "--samples",
      "6",
      "--out",
      out,
    ];
    const distilled = await run(...words, "--per-problem", "2", "--json");
    expect(distilled).toMatchObject({ code: 0, err: "" });
    const report = JSON.parse(distilled.out);
    expect(report).toMatchObject({
      problems: 5,
      dropped: {},
      teacher: { model: "vllm/walker", costUsd: expect.any(Number) },
    });
    expect(report.teacher.costUsd).toBeGreaterThan(0);
    const lines = readFileSync(join(out, "distilled.jsonl"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(report.lines);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ kind: "distilled", answer: "1" });
  });
});

describe("says in one line what is wrong, and keeps what was done", () => {
  test("no leaf of any tree is right", async () => {
    writeFileSync(data, `${JSON.stringify({ question: "Which door leads out of maze 0?", answer: 7 })}\n`);
    const grown = await grow();
    expect(grown).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^sojourn: no leaf of any tree is right; the run is kept, [^\n]+\n$/),
    });
    const woven = await weave();
    expect(woven).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^sojourn: nothing could be woven: no leaf with steps is right \(1\); /),
    });
    expect(existsSync(join(folder, "data/weave.json"))).toBe(true);
  });

  test("too few right samples for a pair", async () => {
    await grow("--strategy", "best-of-n", "--samples", "6");
    const woven = await weave("--arms", "preference", "--pairs", "5", "--json");
    const { lines, skipped } = JSON.parse(woven.out).arms.preference;
    expect(lines).toBeGreaterThan(0);
    expect(skipped["fewer than 5 right thoughts"]).toBeGreaterThan(0);
  });

  test.each([
    [
      "a data set that does not exist",
      () => weave("--arms", "shortcut,diary"),
      2,
      'no data set "diary"; there are shortcut',
    ],
    ["a run that does not exist", () => run("weave", "nothing", "--out", folder), 2, "no runs in"],
    [
      "a writer that follows no instructions",
      () => grow().then(() => weave("--writer", "nano")),
      2,
      "nano follows no instructions",
    ],
    [
      "a format that does not exist",
      () => runInProcess(["export", data, "--format", "csv", "--out", folder]),
      2,
      'no format "csv"; ',
    ],
    [
      "a file of another kind",
      () => runInProcess(["export", data, "--format", "trl-sft", "--out", folder]),
      2,
      "line 1 of",
    ],
    [
      "completions of another strategy",
      () => grow("--strategy", "vote", "--completions", "2"),
      2,
      "--completions are for trees of the strategy grow",
    ],
    ["a strategy that does not exist", () => grow("--strategy", "bonsai"), 2, 'no strategy "bonsai"; '],
    [
      "a run that grades nothing",
      () => run("ask", "Which door?", "--model", "vllm/walker").then(() => weave()),
      1,
      "no graded tree in",
    ],
  ])("%s", async (_, command, code, line) => {
    const said = await command();
    expect(said.code).toBe(code);
    expect(said.err.split("\n").find((each) => each.startsWith("sojourn: "))).toContain(line);
  });
});
