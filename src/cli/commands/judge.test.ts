import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { runInProcess } from "../../../test/support/command-line.ts";
import { oopsJudge, processbenchRecords } from "../../../test/support/labelled-solutions.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { type EndpointOptions, faultPlan, startEndpoint } from "../../models/testing/index.ts";

let folder = "";

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", join(folder, "runs"));
  return () => vi.unstubAllEnvs();
});

function records(count: number): string {
  const path = join(folder, "processbench.jsonl");
  const lines = processbenchRecords(count).map((record) => JSON.stringify(record));
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function endpoint(options: EndpointOptions = {}) {
  const served = await startEndpoint({ reply: oopsJudge, ...options });
  vi.stubEnv("OPENAI_BASE_URL", served.url);
  vi.stubEnv("OPENAI_API_KEY", "none");
  return served;
}

test("judges the recorded solutions of a benchmark over a wire, one call each, faults or not", async () => {
  const served = await endpoint({
    fault: faultPlan([{ fault: { kind: "rate-limit", retryAfterMs: 5 }, probability: 0.2 }]),
  });
  try {
    const { code, out, err } = await runInProcess([
      ...["judge", "processbench", "--data", records(30), "--model", "openai/judge"],
    ]);
    expect(code).toBe(0);
    expect(out).toContain("30 solutions, 20 of them wrong; 60 steps up to the first wrong one");
    expect(out).toMatch(/ProcessBench F1 +1\.000/);
    expect(err).toMatch(/tokens in, .* out .* run \d{8}-\d{6}-judge-/);
  } finally {
    await served.close();
  }
});

test("a finished run is reported again by resume, without a call", async () => {
  const served = await endpoint();
  const words = ["judge", "processbench", "--data", records(6), "--model", "openai/judge", "--json"];
  const first = await runInProcess(words);
  const asked = served.ledger.entries.length;
  const again = await runInProcess(["resume", "latest", "--json"]);
  expect(served.ledger.entries).toHaveLength(asked);
  await served.close();
  expect(JSON.parse(again.out)).toEqual(JSON.parse(first.out));
  expect(JSON.parse(first.out)).toMatchObject({
    solutions: 6,
    unjudged: 0,
    processBenchF1: 1,
    usage: { calls: 6 },
  });
});

test("a resumed run refuses another file under the same name", async () => {
  const served = await endpoint();
  await runInProcess(["judge", "processbench", "--data", records(3), "--model", "openai/judge"]);
  await served.close();
  records(4);
  const { code, err } = await runInProcess(["resume", "latest"]);
  expect([code, err]).toEqual([2, expect.stringContaining("no longer those that the run began with")]);
});

test("nano judges thoughts of the gym offline", async () => {
  const words = ["judge", "gym/addition", "--limit", "6", "--no-record", "--json"];
  const { code, out } = await runInProcess(words);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ solutions: 6, unjudged: 0, usage: { costUsd: 0 } });
});

test.each([
  [["judge"], "name a benchmark or --replay FILE"],
  [["judge", "gsm8k", "--data", "x", "--replay", "y"], "one of them"],
  [["judge", "processbench"], "name a file of processbench with --data"],
  [["judge", "gym/letter"], "letters"],
  [["judge", "gym", "--reward", "vote"], "the reward vote cannot score recorded steps"],
  [["judge", "gym", "--reward", "jugde"], "judge"],
])("says in one line what is wrong with %j", async (words, said) => {
  const { code, err } = await runInProcess([...words, "--no-record"]);
  expect(code).toBe(2);
  expect(err.trim().split("\n").at(-1)).toContain(said);
});
