import { appendFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { eventsOf, linesOf, type MadeQuestion, makeRun } from "../../../test/support/made-runs.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { takeOwnership } from "../lock.ts";
import { RunStore } from "./run-store.ts";

async function storeOf(root: string): Promise<RunStore> {
  const store = await RunStore.open(root);
  onTestFinished(() => store.close());
  return store;
}

const right: MadeQuestion = { id: "a", steps: ["Two and two.", "Wait, it is 4."], answer: "4", gold: "4" };
const wrong: MadeQuestion = { id: "b", steps: ["It is 5."], answer: "5", gold: "4", strategy: "mcts" };

it("gives a row for each question of runs that are not compacted, newest first", async () => {
  const root = temporaryFolder();
  makeRun(root, { id: "20261120-100000-ask-0001", questions: [right] });
  makeRun(root, { id: "20261120-110000-ask-0002", questions: [right, wrong] });
  const { rows, next } = await (await storeOf(root)).thoughts({});
  expect(rows.map(({ run, question }) => [run.slice(-1), question])).toEqual([
    ["2", "b"],
    ["2", "a"],
    ["1", "a"],
  ]);
  expect(next).toBeNull();
  expect(rows[1]).toMatchObject({
    ...{ asked: "What of a?", text: "Two and two.\nWait, it is 4.", answer: "4", gold: "4", correct: true },
    ...{ strategy: "vote", model: "nano", effort: "low", tokens: 10, calls: 1, costUsd: 0.001 },
    ...{ words: 7, lines: 2, steps: 2, depth: 2, source: "gym", family: "countdown" },
  });
  expect(rows[1]?.markers.wait).toBe(1);
});

it("is empty where there are no runs", async () => {
  const store = await storeOf(join(temporaryFolder(), "none"));
  expect(await store.thoughts({})).toEqual({ rows: [], next: null });
  expect(await store.count()).toBe(0);
});

it("filters, and counts what it filtered", async () => {
  const root = temporaryFolder();
  makeRun(root, { id: "20261120-100000-ask-0001", questions: [right, wrong] });
  const store = await storeOf(root);
  const ids = async (filter: string) =>
    (await store.thoughts({ filter: parseFilter(filter) })).rows.map(({ question }) => question);
  expect(await ids("correct:false strategy:mcts")).toEqual(["b"]);
  expect(await ids("thought:wait")).toEqual(["a"]);
  expect(await ids('text:"TWO AND"')).toEqual(["a"]);
  expect(await ids("-thought:wait")).toEqual(["b"]);
  expect(await ids("run:20261120 answer:4,5")).toEqual(["b", "a"]);
  expect(await store.count(parseFilter("correct:true"))).toBe(1);
});

it("meets each thought once when it goes from page to page, in every order", async () => {
  const root = temporaryFolder();
  for (let run = 0; run < 4; run++) {
    const questions = [0, 1, 2].map((index) => ({
      ...right,
      id: `q${index}`,
      tokens: (run + index) % 3,
      ...(index === 0 ? {} : { reward: 0.5 }),
    }));
    makeRun(root, { id: `20261120-10000${run}-ask-0001`, questions });
  }
  const store = await storeOf(root);
  for (const order of ["newest", "oldest", "tokens", "-tokens", "reward", "-reward"] as const) {
    const all = (await store.thoughts({ order })).rows.map(({ run, question }) => `${run} ${question}`);
    expect(new Set(all).size).toBe(12);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page = await store.thoughts({ order, limit: 5, ...(after === null ? {} : { after }) });
      paged.push(...page.rows.map(({ run, question }) => `${run} ${question}`));
      after = page.next;
    } while (after !== null);
    expect(paged).toEqual(all);
  }
});

it("follows a run that goes on, line by line, and forgets one that was removed", async () => {
  const root = temporaryFolder();
  const folder = makeRun(root, {
    ...{ id: "20261120-100000-ask-0001", questions: [right], state: "running" },
  });
  const lock = takeOwnership(folder);
  const store = await storeOf(root);
  expect(await store.count()).toBe(1);

  const lines = linesOf(eventsOf(wrong).map((event) => ({ at: 1, ...event })));
  const half = lines.indexOf("question-finished") + 5;
  appendFileSync(join(folder, "events.jsonl"), lines.slice(0, half));
  store.expire();
  expect((await store.thoughts({})).rows[0]).toMatchObject({ question: "b", answer: "5", stopReason: null });
  appendFileSync(join(folder, "events.jsonl"), lines.slice(half));
  store.expire();
  expect((await store.thoughts({})).rows[0]).toMatchObject({ question: "b", stopReason: "answered" });
  expect(await store.count()).toBe(2);

  truncateSync(join(folder, "events.jsonl"), 200);
  store.expire();
  expect(await store.count()).toBe(0);
  lock.release();
  rmSync(folder, { recursive: true });
  store.expire();
  expect((await store.thoughts({})).rows).toEqual([]);
});

it("passes over a folder that is no run it can read", async () => {
  const root = temporaryFolder();
  makeRun(root, { id: "20261120-100000-ask-0001", questions: [right] });
  writeFileSync(join(makeRun(root, { id: "20261120-100000-ask-0002", questions: [] }), "run.json"), "{}");
  const torn = makeRun(root, { id: "20261120-100000-ask-0003", questions: [right, wrong] });
  appendFileSync(join(torn, "events.jsonl"), '{"type":"nonsense","at":1}\n');
  expect(await (await storeOf(root)).count()).toBe(3);
});

it("reads no more logs for a first page than it needs, and all of them for what asks for all", async () => {
  const root = temporaryFolder();
  for (let run = 0; run < 60; run++) {
    const id = `20261120-1000${String(run).padStart(2, "0")}-ask-0001`;
    makeRun(root, { id, questions: [right, wrong] });
  }
  const store = await storeOf(root);
  const [page, runs] = [await store.thoughts({ limit: 5 }), await store.runs({ limit: 5 })];
  expect(page.rows.map(({ run, question }) => `${run.slice(13, 15)} ${question}`)).toEqual([
    ...["59 b", "59 a", "58 b", "58 a", "57 b"],
  ]);
  expect(runs.rows.map(({ run }) => run.slice(13, 15))).toEqual(["59", "58", "57", "56", "55"]);
  expect(store.complete).toBe(false);
  // Pages that are asked for while all is read do not wait for it.
  const [all, again] = await Promise.all([store.count(), store.thoughts({ limit: 5 })]);
  expect(all).toBe(120);
  expect(again).toEqual(page);
  expect(store.complete).toBe(true);
  expect((await store.thoughts({ after: page.next ?? "", limit: 200 })).rows).toHaveLength(115);
});
