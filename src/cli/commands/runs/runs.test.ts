import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runInProcess } from "../../../../test/support/command-line.ts";
import { makeRun } from "../../../../test/support/made-runs.ts";
import { temporaryFolder } from "../../../../test/support/temporary-folder.ts";
import { takeOwnership } from "../../../runs/lock.ts";

const [old, recent] = ["20260101-100000-ask-0001", "20261120-110000-eval-0002"];
let root: string;

beforeEach(() => {
  root = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", root);
  const tags = { level: "5" };
  makeRun(root, {
    ...{ id: old, createdAt: "2026-01-01T10:00:00.000Z" },
    questions: [{ id: "a", steps: ["Wait, it is 4."], answer: "4", gold: "4", tags }],
  });
  makeRun(root, {
    ...{ id: recent, createdAt: "2026-11-20T11:00:00.000Z" },
    questions: [
      { id: "a", steps: ["It is 5."], answer: "5", gold: "4", strategy: "mcts" },
      { id: "b", steps: ["So it is", "\u001b[2J4."], answer: "4", gold: "4", strategy: "mcts" },
    ],
  });
});

const runs = (...words: string[]) => runInProcess(["runs", ...words]);

describe("sojourn runs", () => {
  it("lists runs, with or without the word, and those with a thought that fits", async () => {
    const all = await runs("--json");
    expect(JSON.parse(all.out)).toMatchObject([{ id: recent }, { id: old }]);
    expect(JSON.parse((await runs("list", "--json")).out)).toEqual(JSON.parse(all.out));
    expect(JSON.parse((await runs("--limit", "1", "--json")).out)).toHaveLength(1);
    expect(JSON.parse((await runs("list", "--filter", "thought:wait", "--json")).out)).toMatchObject([
      { id: old },
    ]);
    expect((await runs("list", "--filter", "thought:hmm")).out).toBe("no run has a thought that fits\n");
  });

  it("lists thoughts page by page", async () => {
    const first = JSON.parse(
      (await runs("thoughts", "--filter", "strategy:mcts", "--limit", "1", "--json")).out,
    );
    expect(first).toMatchObject({ rows: [{ run: recent, question: "b", correct: true }] });
    const second = await runs("thoughts", "--filter", "strategy:mcts", "--after", first.next, "--json");
    expect(JSON.parse(second.out)).toMatchObject({ rows: [{ question: "a", correct: false }], next: null });
    const shown = await runs("thoughts", "--limit", "2");
    expect(shown.out).toContain("What of a?");
    expect(shown.err).toContain("2 of 3 thoughts; more with --limit");
  });

  it("refuses a filter, an order and a flag with one line", async () => {
    expect(await runs("thoughts", "--filter", "strateyg:mcts")).toEqual({
      ...{ code: 2, out: "" },
      err: 'sojourn: filter, column 1: no field "strateyg"; did you mean strategy:?\n',
    });
    expect(await runs("thoughts", "--order", "upwards")).toMatchObject({ code: 2 });
    expect(await runs("export")).toMatchObject({ code: 2 });
    expect(await runs("prune", "--older-than", "soon")).toMatchObject({ code: 2 });
  });
});

describe("sojourn runs query", () => {
  it("answers SQL over live and compacted runs", async () => {
    const sql =
      "SELECT strategy, count(*) AS n, avg(correct::INT) AS accuracy FROM questions GROUP BY ALL ORDER BY 1";
    const answer = [
      { strategy: "mcts", n: 2, accuracy: 0.5 },
      { strategy: "vote", n: 1, accuracy: 1 },
    ];
    expect(JSON.parse((await runs("query", sql, "--json")).out)).toEqual(answer);
    expect((await runs("compact", "--quiet")).out).toBe("");
    expect(JSON.parse((await runs("query", sql, "--json")).out)).toEqual(answer);
    const steps = await runs("query", "SELECT node, text FROM steps WHERE question = 'b' ORDER BY ordinal");
    expect(steps.out).toBe("node   text\n0.0    So it is\n0.0/1  4.\n");
  });

  it("only reads, and only runs", async () => {
    for (const sql of [
      "DELETE FROM live_questions",
      "SELECT 1; SELECT 2",
      "COPY (SELECT 1) TO '/tmp/sojourn-query-wrote'",
      `SELECT * FROM read_text('${join(root, old, "run.json")}')`,
      "SELECT nothing FROM questions",
    ]) {
      const { code, err } = await runs("query", sql);
      expect(code, sql).toBe(2);
      expect(err, sql).toMatch(/^sojourn: query: .+; .+\n$|^sojourn: query: write one SELECT statement\n$/);
    }
    expect(existsSync("/tmp/sojourn-query-wrote")).toBe(false);
  });
});

describe("sojourn runs export", () => {
  it("writes the same thoughts as JSONL, CSV and Parquet", async () => {
    const out = (format: string) => join(temporaryFolder(), `it's.${format}`);
    const files = { jsonl: out("jsonl"), csv: out("csv"), parquet: out("parquet") };
    for (const [format, file] of Object.entries(files)) {
      const said = await runs("export", "correct:true", "--format", format, "--out", file);
      expect(said.out).toBe(`2 thoughts in ${file}\n`);
      expect(readdirSync(join(file, ".."))).toHaveLength(1);
    }
    const lines = readFileSync(files.jsonl, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { run: old, question: "a", correct: true, wait: 1, tags: { level: "5" }, text: "Wait, it is 4." },
      { run: recent, question: "b", correct: true, so: 1 },
    ]);
    expect(readFileSync(files.csv, "utf8").split("\n")[0]).toMatch(/^run,question,ordinal,/);
    const file = await asyncBufferFromFile(files.parquet);
    const rows = await parquetReadObjects({ file, compressors });
    expect(rows).toMatchObject([
      { run: old, createdAt: new Date("2026-01-01T10:00:00.001Z"), tokens: 10, text: "Wait, it is 4." },
      { run: recent, answer: "4" },
    ]);
  });
});

describe("sojourn runs prune", () => {
  const left = () => readdirSync(root).filter((name) => !name.startsWith("_"));

  it("asks which runs", async () => {
    expect(await runs("prune")).toMatchObject({ code: 2 });
    expect(left()).toEqual([old, recent]);
  });

  it("shows what would go, then removes it, compacted or not", async () => {
    vi.setSystemTime(new Date("2026-11-21T00:00:00Z"));
    expect((await runs("prune", "--older-than", "30d", "--dry-run")).out).toBe(`${old}\n`);
    expect(left()).toEqual([old, recent]);
    await runs("compact");
    expect(await runs("prune", "--older-than", "30d")).toMatchObject({ code: 0, out: `${old}\n` });
    expect(left()).toEqual([recent]);
    expect(JSON.parse((await runs("thoughts", "--json")).out).rows).toHaveLength(2);
    vi.useRealTimers();
  });

  it("takes a run only where all its thoughts fit, and none that goes on", async () => {
    expect((await runs("prune", "--filter", "strategy:mcts correct:true")).out).toBe("");
    const lock = takeOwnership(join(root, recent));
    const said = await runs("prune", "--filter", "strategy:mcts");
    expect(said).toMatchObject({ out: "" });
    expect(said.err).toContain("goes on, and stays");
    lock.release();
    expect((await runs("prune", "--filter", "strategy:mcts")).out).toBe(`${recent}\n`);
    expect(left()).toEqual([old]);
  });
});
