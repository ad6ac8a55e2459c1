import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { startEndpoint } from "../src/models/testing/index.ts";
import { readLog } from "../src/runs/log.ts";
import { LOG_FILE, listRuns } from "../src/runs/run-folder.ts";
import { startCli } from "./support/cli-process.ts";
import { runInProcess } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

let folder = "";
const shared = fileURLToPath(new URL("../../shared/data/", import.meta.url));

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", join(folder, "runs"));
  return () => vi.unstubAllEnvs();
});

const proportionSchema = z.looseObject({ right: z.number(), trials: z.number(), share: z.number() });
const reportSchema = z.looseObject({
  run: z.string(),
  accuracy: proportionSchema,
  severalSamples: z.array(z.looseObject({ k: z.number(), pass: proportionSchema })),
});

/** Runs `eval ... --json` and gives the report. */
async function evaluated(...words: string[]): Promise<z.infer<typeof reportSchema>> {
  const { code, out, err } = await runInProcess([...words, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return reportSchema.parse(JSON.parse(out));
}

function own(rows: readonly object[]): string {
  const path = join(folder, "own.jsonl");
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

const callsIn = (run: string): number =>
  readLog(join(folder, "runs", run, LOG_FILE)).events.filter(({ type }) => type === "call-finished").length;

test("problems of the gym are thought about by nano; report and resume give the same again", async () => {
  const report = await evaluated("eval", "gym/letters", "--limit", "3", "--samples", "2");
  const { run } = report;
  expect(report).toMatchObject({
    ...{ benchmark: "gym/letters", model: "nano", strategy: "auto", state: "finished", problems: 3 },
    ...{ answers: 6, failed: 0, accuracy: { trials: 6 } },
    severalSamples: [{ k: 1 }, { k: 2 }],
  });
  for (const name of ["report.json", "report.md", "report.html"])
    expect(existsSync(join(folder, "runs", run, name)), name).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "runs", run, "report.json"), "utf8"))).toEqual(report);
  const calls = callsIn(run);
  expect(await evaluated("eval", "--report", "latest")).toEqual(report);
  expect(await evaluated("resume", run)).toEqual(report);
  expect(callsIn(run)).toBe(calls);
});

describe.skipIf(!existsSync(shared))(
  "answers that others recorded (skipped without ../shared/data beside the project)",
  () => {
    test("of Abel 7B to GSM8K are right 788 times of 1319, as published", async () => {
      const report = await evaluated(
        ...["eval", "gsm8k", "--data", join(shared, "gsm8k/test.jsonl")],
        ...[
          "--replay",
          join(shared, "abel-outputs/gsm8k_7b.jsonl"),
          "--replay-columns",
          "answer=response,id=id",
        ],
      );
      expect(report.accuracy).toMatchObject({ right: 788, trials: 1319 });
      expect(report).toMatchObject({ model: "replay", calls: { all: 0 }, cost: { all: null } });
    });

    test("of Tree of Thoughts to the Game of 24 are right in 69 of 100 puzzles by any of 5, and 23.8% of them", async () => {
      const report = await evaluated(
        ...["eval", "game24", "--data", join(shared, "game24/24.csv"), "--skip", "900", "--limit", "100"],
        ...["--replay", join(shared, "game24/logs/tot-gpt-4-propose-value-greedy5.json")],
        ...["--replay-columns", "answer=ys"],
      );
      expect(report.accuracy).toMatchObject({ right: 119, trials: 500, share: 0.238 });
      expect(report.severalSamples.at(-1)).toMatchObject({ k: 5, pass: { share: 0.69 } });
    });
  },
);

test("people read the result, its groups and what failed, and where the report is; with --quiet the result alone", async () => {
  const rows = Array.from({ length: 8 }, (_, id) => ({ question: `${id}?`, gold: id, level: 1 + (id % 2) }));
  const replay = join(folder, "replay.jsonl");
  writeFileSync(replay, rows.map(({ gold }) => `{"answer": ${gold < 6 ? gold : '"none"'}}\n`).join(""));
  const words = ["eval", "own", "--data", own(rows), "--columns", "level=level", "--replay", replay];
  const { code, out, err } = await runInProcess(words);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n")).toEqual([
    "own: recorded answers",
    "75.0% (40.9 to 92.9) of 8 problems right.",
    "",
    "level  problems  right                 tokens an answer",
    "1      4         75.0% (30.1 to 95.4)  1",
    "2      4         75.0% (30.1 to 95.4)  1",
    "",
    expect.stringMatching(/^8 output tokens \(1 an answer\) · 0 calls · cost unknown · \d+ ms$/),
    expect.stringMatching(/^report: .*report\.html$/),
    "",
  ]);
  expect((await runInProcess([...words, "-q"])).out).toBe("75.0% (40.9 to 92.9) of 8 problems right.\n");
});

test("a report is text: what a model wrote is no tag", async () => {
  const data = own([{ question: "Is it <b>?", gold: "<script>alert(1)</script>" }]);
  const replay = join(folder, "replay.jsonl");
  writeFileSync(replay, `${JSON.stringify({ reply: "<img src=x onerror=alert(1)>" })}\n`);
  const { run } = await evaluated(
    "eval",
    "own",
    "--data",
    data,
    "--replay",
    replay,
    "--replay-columns",
    "answer=reply",
  );
  const page = readFileSync(join(folder, "runs", run, "report.html"), "utf8");
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain("&#60;img src=x onerror=alert(1)&#62;");
});

test("a dry run says what it would take, needs no key, sends nothing and leaves no run", async () => {
  vi.stubEnv("OPENAI_API_KEY", "");
  const data = own(Array.from({ length: 50 }, (_, id) => ({ question: `What is ${id} + 1?`, gold: id + 1 })));
  const words = ["eval", "own", "--data", data, "--model", "openai/gpt-4o-mini", "--strategy", "vote"];
  const said = await runInProcess([...words, "--thoughts", "8", "--samples", "2", "--dry-run", "--json"]);
  expect(said).toMatchObject({ code: 0, err: "" });
  const estimate = JSON.parse(said.out);
  expect(estimate).toMatchObject({ problems: 50, questions: 100, rehearsed: 3 });
  // gpt-4o-mini costs $0.15 and $0.60 for a million tokens in and out; 8 samples of at most 2048 tokens a question.
  const { low, high, most } = estimate;
  expect(low.costUsd).toBeCloseTo((low.inputTokens * 0.15 + low.outputTokens * 0.6) / 1e6, 5);
  expect(low.outputTokens).toBeLessThanOrEqual(high.outputTokens);
  expect(most.outputTokens).toBe(100 * 8 * 2048);
  expect(listRuns(join(folder, "runs"))).toEqual([]);
});

test.each([
  [["eval"], "name a benchmark, such as gym/equations"],
  [["eval", "gsm9k"], 'no benchmark "gsm9k"; did you mean gsm8k?'],
  [["eval", "gsm8k"], "name a file of gsm8k with --data"],
  [["eval", "processbench", "--data", "x.json"], "processbench measures steps and has no answers to grade"],
  [["eval", "gym/chess"], 'no gym family "chess"'],
  [["eval", "gym", "--data", "x.json"], "--data is for benchmarks"],
  [["eval", "gym/letters", "--model", "opnai/x"], "did you mean openai?"],
  [["eval", "gym/letters", "--checker", "none"], 'no checker "none"'],
  [["eval", "gsm8k", "--data", "none.jsonl"], "no file"],
  [
    ["eval", "gym", "--replay-columns", "answer=x"],
    "--replay-columns says where the answers of --replay are",
  ],
])("%j is refused in one line, without leaving a run", async (words, message) => {
  const { code, out, err } = await runInProcess(words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.trimEnd()).toContain(message);
  expect(err.trimEnd()).not.toContain("\n");
  expect(listRuns(join(folder, "runs"))).toEqual([]);
});

test("a run whose problems have changed is not gone on with, and stays as it was", async () => {
  const data = own([{ question: "What is 2 + 2?", gold: 4 }]);
  const replay = join(folder, "replay.jsonl");
  writeFileSync(replay, '{"answer": "4"}\n');
  const { run } = await evaluated("eval", "own", "--data", data, "--replay", replay);
  own([{ question: "What is 2 + 3?", gold: 5 }]);
  const before = readFileSync(join(folder, "runs", run, LOG_FILE), "utf8");
  const { code, err } = await runInProcess(["resume", run]);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining("no longer those that the run began with"),
  });
  expect(readFileSync(join(folder, "runs", run, LOG_FILE), "utf8")).toBe(before);
});

test("where every question fails the command fails with the reason, and the report is there", async () => {
  const endpoint = await startEndpoint({
    fault: () => ({ kind: "status", status: 400, message: "no such model" }),
  });
  onTestFinished(() => endpoint.close());
  vi.stubEnv("VLLM_BASE_URL", endpoint.url);
  const data = own([
    { question: "a?", gold: 1 },
    { question: "b?", gold: 2 },
  ]);
  const { code, err } = await runInProcess(["eval", "own", "--data", data, "--model", "vllm/x", "-q"]);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/^sojourn: every question failed: .+\n$/),
  });
  expect(err).toContain("no such model");
});

test("Ctrl-C keeps the work and says how to go on, and the run comes to its end", async () => {
  const endpoint = await startEndpoint({ reply: () => "Answer: 1", latency: { kind: "fixed", ms: 150 } });
  onTestFinished(() => endpoint.close());
  const data = own(Array.from({ length: 8 }, (_, id) => ({ question: `${id}?`, gold: 1 })));
  const words = [
    "eval",
    "own",
    "--data",
    data,
    "--model",
    "vllm/x",
    "--strategy",
    "direct",
    "--at-once",
    "2",
  ];
  const environment = { VLLM_BASE_URL: endpoint.url };
  const cli = startCli(words, { folder, environment });
  await vi.waitFor(() => expect(endpoint.ledger.entries.length).toBeGreaterThan(3), {
    timeout: 30_000,
    interval: 5,
  });
  cli.process.kill("SIGINT");
  const { code, err } = await cli.ended;
  expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining("go on with: sojourn resume ") });
  vi.stubEnv("VLLM_BASE_URL", endpoint.url);
  const report = await evaluated("resume", "latest");
  expect(report.accuracy).toMatchObject({ right: 8, trials: 8 });
  expect(callsIn(report.run)).toBe(8);
}, 60_000);
