import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { InputError } from "../thought/errors.ts";
import type { EventBody } from "../thought/event.ts";
import { isOwned } from "./lock.ts";
import { readLog } from "./log.ts";
import { readManifest } from "./manifest.ts";
import { createRun, memoryRun, resumeRun } from "./open-run.ts";

const asked = { command: "ask", request: { question: "2 + 2?" }, models: { policy: "nano" }, seed: 7 };
const step = (node: string): EventBody => ({ type: "step-added", node, parent: "0", text: "a step" });
const started: EventBody = { type: "question-started", text: { id: "q", text: "2 + 2?" } };

/** A clock that moves on by a second whenever it is read. */
function ticking(from: number): () => number {
  let at = from;
  return () => {
    at += 1000;
    return at;
  };
}

const typesIn = (folder: string) => readLog(join(folder, "events.jsonl")).events.map(({ type }) => type);

it("keeps a run in a folder: what was asked, and what happened", () => {
  const root = temporaryFolder();
  const log = createRun(asked, { root, clock: ticking(0) });
  const folder = join(root, log.id);
  expect(log.id).toMatch(/^19700101-000001-ask-[0-9a-f]{4}$/);
  expect(log.folder).toBe(folder);
  expect(isOwned(folder)).toBe(true);
  expect(readManifest(folder)).toMatchObject({ id: log.id, ...asked, state: "running" });
  log.question("q").emit(started);
  log.finish();
  expect(isOwned(folder)).toBe(false);
  expect(readManifest(folder).state).toBe("finished");
  expect(readLog(join(folder, "events.jsonl")).events).toMatchObject([
    { type: "run-started", run: log.id, schema: 1, command: "ask", request: asked.request, seed: 7 },
    { type: "question-started", question: "q" },
    { type: "run-finished" },
  ]);
});

it("is left in the state in which it is closed, and takes no more events", () => {
  const root = temporaryFolder();
  const log = createRun(asked, { root });
  log.close("interrupted");
  log.close("failed");
  expect(readManifest(join(root, log.id)).state).toBe("interrupted");
  expect(() => log.question("q").emit(started)).toThrow("is closed; resume the run");
});

it("goes on where it was left, as a new session that counts the time before", () => {
  const root = temporaryFolder();
  const first = createRun(asked, { root, clock: ticking(0) });
  first.question("q").emit(started);
  first.question("q").emit(step("0.0"));
  first.close("interrupted");

  const { log, manifest } = resumeRun("latest", { root, clock: ticking(500_000) });
  expect(manifest.request).toEqual(asked.request);
  expect(manifest.sessions).toHaveLength(2);
  expect(manifest.sessions[1]).toEqual({ startedAt: new Date(501_000).toISOString(), firstLine: 4 });
  const recorder = log.question("q");
  expect(recorder.elapsedBeforeMs).toBe(1000);
  recorder.emit(started);
  recorder.emit(step("0.0"));
  recorder.emit(step("0.1"));
  log.finish();
  const folder = join(root, log.id);
  expect(typesIn(folder)).toEqual([
    "run-started",
    "question-started",
    "step-added",
    "step-added",
    "run-finished",
  ]);
  expect(readManifest(folder).state).toBe("finished");
});

it("changes nothing when a finished run is opened again", () => {
  const root = temporaryFolder();
  const first = createRun(asked, { root });
  first.question("q").emit(started);
  first.finish();
  const folder = join(root, first.id);
  const files = () => ["run.json", "events.jsonl"].map((name) => readFileSync(join(folder, name), "utf8"));
  const before = files();
  const { log } = resumeRun(first.id, { root });
  log.question("q").emit(started);
  log.finish();
  expect(files()).toEqual(before);
  const other = resumeRun(first.id, { root }).log;
  other.close("failed");
  expect(files()).toEqual(before);
});

it("is owned by one process at a time, and given up where it cannot be opened", () => {
  const root = temporaryFolder();
  const log = createRun(asked, { root });
  expect(() => resumeRun(log.id, { root })).toThrow(InputError);
  log.close("interrupted");
  const path = join(root, log.id, "events.jsonl");
  const line = readFileSync(path, "utf8");
  writeFileSync(path, `corrupt\n${line}`);
  expect(() => resumeRun(log.id, { root })).toThrow("line 1 of");
  expect(isOwned(join(root, log.id))).toBe(false);
  const { log: repaired } = resumeRun(log.id, { root, repair: true });
  expect(repaired.notices).toHaveLength(1);
  expect(typesIn(join(root, log.id))).toEqual(["run-started"]);
  repaired.close("interrupted");
});

it("drops a torn last line and says so", () => {
  const root = temporaryFolder();
  const first = createRun(asked, { root });
  first.close("interrupted");
  appendFileSync(join(root, first.id, "events.jsonl"), '{"at":');
  const { log } = resumeRun(first.id, { root });
  expect(log.notices).toEqual([expect.stringMatching(/^dropped line 2 of .*torn/)]);
  log.close("interrupted");
});

it("refuses an event that could not be read back, and keeps it out of the log", () => {
  const { log, events } = memoryRun(asked);
  const scored: EventBody = { type: "step-scored", node: "0.0", value: Number.NaN, by: "vote" };
  expect(() => log.question("q").emit(scored)).toThrow("cannot be kept: it is no valid step-scored: value");
  expect(events).toHaveLength(1);
});

it("keeps a run in memory alone where nothing is to be recorded", () => {
  const { log, events } = memoryRun(asked);
  log.question("q").emit(started);
  log.finish();
  expect(log.folder).toBeUndefined();
  expect(events.map(({ type }) => type)).toEqual(["run-started", "question-started", "run-finished"]);
});
