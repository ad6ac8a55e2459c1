import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import type { TrainingEvent } from "./engine.ts";
import { keepProgress, PROGRESS_FILE, progressLineSchema } from "./progress-file.ts";

const events: TrainingEvent[] = [
  { kind: "note", text: "stage 1 of 1" },
  {
    ...{ kind: "step", step: 10, steps: 20, loss: 0.5, measures: { margin: 0.1 }, tokens: 100 },
    ...{ tokensPerSecond: 10, learningRate: 1e-3, gradientNorm: 1, elapsedSeconds: 10, remainingSeconds: 10 },
  },
  { kind: "validation", step: 10, loss: 0.6 },
  { kind: "checkpoint", step: 10, folder: "/somewhere/else" },
  { kind: "finished", step: 10, steps: 20, reason: "stopped" },
];

test("a training's steps, its validation and its end are kept with their time, and all is passed on", () => {
  const folder = temporaryFolder();
  const told: TrainingEvent[] = [];
  let now = 0;
  const tell = keepProgress(
    folder,
    (event) => told.push(event),
    () => ++now,
  );
  for (const event of events) tell(event);
  expect(told).toEqual(events);
  const lines = readFileSync(join(folder, PROGRESS_FILE), "utf8").trimEnd().split("\n");
  const kept = lines.map((line) => progressLineSchema.parse(JSON.parse(line)));
  expect(kept).toEqual([
    { ...events[1], at: 1 },
    { ...events[2], at: 2 },
    { ...events[4], at: 3 },
  ]);
});

test("a training goes on where its curve cannot be written", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, PROGRESS_FILE));
  let told = 0;
  keepProgress(folder, () => told++)({ kind: "validation", step: 1, loss: 1 });
  expect(told).toBe(1);
});
