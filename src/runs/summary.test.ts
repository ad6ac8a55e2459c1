import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import type { EventBody } from "../thought/event.ts";
import { emptyTokenUsage } from "../thought/usage.ts";
import { createRun } from "./open-run.ts";
import { summarizeRun, summarizeRuns } from "./summary.ts";

const asked = { command: "ask", request: null, models: { policy: "nano", judge: "nano" }, seed: 1 } as const;
const usage = { ...emptyTokenUsage(), outputTokens: 12, calls: 1 };
const bodies: EventBody[] = [
  { type: "question-started", text: { id: "q", text: "2 + 2?" } },
  { type: "strategy-chosen", strategy: "direct", settings: {}, reason: "asked for" },
  {
    ...{
      type: "call-finished",
      site: "answer",
      occurrence: 0,
      fingerprint: "f",
      role: "policy",
      model: "nano",
    },
    ...{ wallMs: 10, usage, request: null, samples: [] },
  },
  { type: "answer-chosen", answer: "4", reason: "asked once", checked: false },
  { type: "question-finished", stopReason: "answered", usage: { ...usage, byRole: { policy: usage } } },
];

function thinkOnce(root: string, start = 0): string {
  let at = start;
  const clock = () => {
    at += 100;
    return at;
  };
  const log = createRun(asked, { root, clock });
  for (const body of bodies) log.question("q").emit(body);
  log.finish();
  return join(root, log.id);
}

it("sums up what was asked, how, what came out and what it cost", () => {
  const summary = summarizeRun(thinkOnce(temporaryFolder()));
  expect(summary).toMatchObject({
    ...{ command: "ask", state: "finished", models: ["nano"], createdAt: "1970-01-01T00:00:00.100Z" },
    ...{
      question: "2 + 2?",
      answer: "4",
      stopReason: "answered",
      strategies: ["direct"],
      started: 1,
      finished: 1,
    },
    ...{ usage: { outputTokens: 12, calls: 1, byRole: { policy: { calls: 1 } } }, wallMs: 600 },
  });
});

it("reads a log that did not grow only once, and says the same", () => {
  const folder = thinkOnce(temporaryFolder());
  const first = summarizeRun(folder);
  const path = join(folder, "events.jsonl");
  const size = readFileSync(path).length;
  writeFileSync(path, "x".repeat(size));
  expect(summarizeRun(folder)).toEqual(first);
  rmSync(join(folder, "summary.json"));
  expect(summarizeRun(folder).damage).toBeUndefined();
  expect(summarizeRun(folder).started).toBe(0);
});

it("reads a log again when it grew, and when what was kept cannot be read", () => {
  const folder = thinkOnce(temporaryFolder());
  summarizeRun(folder);
  const more = { at: 5000, question: "r", type: "question-started", text: { id: "r", text: "?" } };
  appendFileSync(join(folder, "events.jsonl"), `${JSON.stringify(more)}\n`);
  expect(summarizeRun(folder)).toMatchObject({ started: 2, finished: 1, question: "2 + 2?" });
  writeFileSync(join(folder, "summary.json"), "{}");
  expect(summarizeRun(folder).started).toBe(2);
});

it("calls a run interrupted that says it is running and has no living owner", () => {
  const root = temporaryFolder();
  const log = createRun(asked, { root });
  const folder = join(root, log.id);
  expect(summarizeRun(folder).state).toBe("running");
  rmSync(join(folder, "owner.lock"));
  expect(summarizeRun(folder).state).toBe("interrupted");
});

it("tells of a corrupt line", () => {
  const folder = thinkOnce(temporaryFolder());
  appendFileSync(join(folder, "events.jsonl"), "{}\n");
  expect(summarizeRun(folder).damage).toBe("line 8 is corrupt: it is not an event");
});

it("lists runs newest first, at most so many, and what it cannot read beside them", async () => {
  const root = temporaryFolder();
  for (const day of [0, 1, 2]) thinkOnce(root, day * 86_400_000);
  mkdirSync(join(root, "broken"));
  writeFileSync(join(root, "broken", "run.json"), "{");
  const { runs, unreadable } = await summarizeRuns(root);
  expect(runs.map(({ createdAt }) => createdAt.slice(0, 10))).toEqual([
    "1970-01-03",
    "1970-01-02",
    "1970-01-01",
  ]);
  expect(unreadable).toEqual([expect.stringMatching(/^cannot read .*broken/)]);
  expect((await summarizeRuns(root, { limit: 2 })).runs).toHaveLength(1);
  expect(await summarizeRuns(join(root, "none"))).toEqual({ runs: [], unreadable: [] });
});
