import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import picocolors from "picocolors";
import { beforeEach, expect, test, vi } from "vitest";
import { drawLines } from "../src/cli/view/draw-lines.ts";
import { treeLines } from "../src/cli/view/tree-lines.ts";
import { readManifest } from "../src/runs/manifest.ts";
import { summarizeRun } from "../src/runs/summary.ts";
import { type Event, eventSchema } from "../src/thought/event.ts";
import { fold } from "../src/thought/fold.ts";
import { foldThoughts } from "../src/thought/fold-thought.ts";
import { foldUsage } from "../src/thought/fold-usage.ts";
import { runInProcess } from "./support/command-line.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

// A run that was made once and is kept in git. Where a test here fails, runs that people have kept can no longer be
// read or resumed either; where that is meant, `npx tsx scripts/make-golden-run.ts` makes it anew.
const golden = fileURLToPath(new URL("golden/ask", import.meta.url));

let runs: string;
let folder: string;

beforeEach(() => {
  runs = temporaryFolder();
  folder = join(runs, readManifest(golden).id);
  cpSync(golden, folder, { recursive: true });
});

function goldenEvents(): Event[] {
  const lines = readFileSync(join(folder, "events.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

function contents(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

test("a kept log folds to the tree, the thought and the usage that it had when it was made", () => {
  const events = goldenEvents();
  const thought = fold(foldThoughts, events).get("q1");
  expect(thought).toMatchObject({
    ...{ strategy: "vote", answer: "ccca", node: "0.0/3", reason: "vote 1 of 3", stopReason: "answered" },
    steps: ["step 1: take door c", "step 2: take door c", "step 3: take door c", "step 4: take door a"],
    candidates: [{ answer: "ccca" }, { answer: "bccb" }, { answer: "cbbb" }],
  });
  const lines = thought === undefined ? [] : treeLines(thought.tree);
  expect(drawLines(lines, { colors: picocolors.createColors(false) })).toEqual([
    ...[" ┌ step 1: take door c", " │ step 2: take door c", " │ step 3: take door c"],
    ...[" │ step 4: take door a", " └ = ccca  0.33"],
    ...[" ┌ step 1: take door b", " │ step 2: take door c", " │ step 3: take door c"],
    ...[" │ step 4: take door b", " └ = bccb  0.33"],
    ...[" ┌ step 1: take door c", " │ step 2: take door b", " │ step 3: take door b"],
    ...[" │ step 4: take door b", " └ = cbbb  0.33"],
  ]);
  expect(fold(foldUsage, events)).toMatchObject({ inputTokens: 75, outputTokens: 66, calls: 1, costUsd: 0 });
});

test("a kept run is listed with its question, its answer and its cost", () => {
  expect(summarizeRun(folder)).toMatchObject({
    ...{ state: "finished", models: ["scripted/tree"], strategies: ["vote"] },
    ...{ question: "Which way leads out of the maze?", answer: "ccca", usage: { outputTokens: 66 } },
  });
});

test("a kept run that is finished gives the same answer when it is resumed, and changes nothing", async () => {
  vi.stubEnv("SOJOURN_RUNS", runs);
  const before = contents();
  const { code, out, err } = await runInProcess(["resume", "latest", "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toMatchObject({ answer: "ccca", strategy: "vote", usage: { outputTokens: 66 } });
  expect(contents()).toEqual(before);
});
