import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { startChild } from "../../../test/support/child.ts";
import { eventsOf, linesOf, type MadeQuestion, makeRun } from "../../../test/support/made-runs.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { Random } from "../../thought/random.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { takeOwnership } from "../lock.ts";
import { compactFolder } from "./compact-folder.ts";
import { compactRuns } from "./compact-runs.ts";
import { RunStore } from "./run-store.ts";
import type { ThoughtRow } from "./thought-row.ts";

const right: MadeQuestion = {
  ...{ id: "a", steps: ["Two and two.", "Wait, it is 4."], answer: "4", gold: "4", reward: 0.75 },
  tags: { level: "5", subject: "O'Algebra" },
};
const wrong: MadeQuestion = { id: "b", steps: ["It is 5."], answer: "5", gold: "4", strategy: "mcts" };
const open: MadeQuestion = { id: "c", steps: [] };

const idOf = (run: number) => `20261120-100000-ask-${String(run).padStart(4, "0")}`;

const RUNS = 40;

async function thoughtsOf(root: string): Promise<ThoughtRow[]> {
  const store = await RunStore.open(root);
  const { rows } = await store.thoughts({ limit: 10_000 });
  store.close();
  return rows;
}

it("keeps every row as it was, whether it is read from a log or from a file", async () => {
  const root = temporaryFolder();
  makeRun(root, { id: idOf(1), questions: [right, wrong, open] });
  makeRun(root, { id: idOf(2), questions: [right], state: "failed" });
  makeRun(root, { id: idOf(3), questions: [wrong], state: "interrupted" });
  const before = await thoughtsOf(root);
  expect(before).toHaveLength(5);
  expect(await compactRuns(root)).toMatchObject({ runs: 2, left: 1, interrupted: false });
  expect(await thoughtsOf(root)).toEqual(before);
  expect(await compactRuns(root, { all: true })).toMatchObject({ runs: 1, left: 0 });
  expect(await thoughtsOf(root)).toEqual(before);
  expect(await compactRuns(root)).toMatchObject({ runs: 0 });

  for (const id of [1, 2, 3].map(idOf)) rmSync(join(root, id), { recursive: true });
  expect(await thoughtsOf(root)).toEqual(before);
});

it("reads a run whose log went on since from its log, once, until it is compacted again", async () => {
  const root = temporaryFolder();
  makeRun(root, { id: idOf(1), questions: [right] });
  makeRun(root, { id: idOf(2), questions: [right] });
  const store = await RunStore.open(root);
  onTestFinished(() => store.close());
  await compactRuns(root);
  expect(await store.count()).toBe(2);
  appendFileSync(
    join(root, idOf(1), "events.jsonl"),
    linesOf(eventsOf(wrong).map((body) => ({ at: 1, ...body }))),
  );
  const both = [
    [idOf(2), "a"],
    [idOf(1), "b"],
    [idOf(1), "a"],
  ];
  const seen = async () => {
    store.expire();
    return (await store.thoughts({})).rows.map(({ run, question }) => [run, question]);
  };
  expect(await seen()).toEqual(both);
  expect(await compactRuns(root)).toMatchObject({ runs: 1 });
  expect(await seen()).toEqual(both);
  expect(await store.count(parseFilter("correct:false"))).toBe(1);
});

it("leaves a run alone that another process owns, and everything where another one compacts", async () => {
  const root = temporaryFolder();
  const lock = takeOwnership(makeRun(root, { id: idOf(1), questions: [right] }));
  expect(await compactRuns(root)).toMatchObject({ runs: 0, left: 1 });
  lock.release();
  const other = takeOwnership(compactFolder(root));
  await expect(compactRuns(root)).rejects.toThrow("owned by the running process");
  other.release();
  expect(await compactRuns(root)).toMatchObject({ runs: 1, left: 0 });
});

it("brings the small files of many compactions together", async () => {
  const root = temporaryFolder();
  for (let run = 0; run < 9; run++) {
    makeRun(root, { id: idOf(run), questions: [right, wrong] });
    await compactRuns(root);
  }
  const files = readdirSync(compactFolder(root)).filter((name) => name.startsWith("questions-"));
  expect(files.length).toBeLessThan(4);
  expect(await thoughtsOf(root)).toHaveLength(18);
});

it("keeps what is done when it is stopped, and takes no file for one that does not count", async () => {
  const root = temporaryFolder();
  for (let run = 0; run < 3; run++) makeRun(root, { id: idOf(run), questions: [right] });
  const stop = new AbortController();
  const report = await compactRuns(root, { signal: stop.signal, onProgress: () => stop.abort() });
  expect(report).toMatchObject({ runs: 1, of: 3, interrupted: true });
  writeFileSync(join(compactFolder(root), "questions-leftover.parquet"), "torn");
  expect(await thoughtsOf(root)).toHaveLength(3);
  await compactRuns(root);
  expect(existsSync(join(compactFolder(root), "questions-leftover.parquet"))).toBe(false);
});

it("loses nothing and doubles nothing when it is killed at any moment", { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  const random = new Random("compactions");
  const program = new URL("../../../test/support/compact-until-killed.ts", import.meta.url);
  for (let run = 0; run < RUNS; run++) makeRun(root, { id: idOf(run), questions: [right, wrong, open] });
  const before = await thoughtsOf(root);
  expect(before).toHaveLength(3 * RUNS);
  // While logs are read, and while files are written and take the place of others.
  for (const lines of [random.integer(1, RUNS), RUNS + 1]) {
    const child = startChild(program, root);
    await child.said(lines);
    await sleep(random.integer(0, 60));
    await child.kill();
    expect(isDeepStrictEqual(await thoughtsOf(root), before)).toBe(true);
  }
  await compactRuns(root);
  expect(isDeepStrictEqual(await thoughtsOf(root), before)).toBe(true);
  expect((await compactRuns(root)).runs).toBe(0);
});
