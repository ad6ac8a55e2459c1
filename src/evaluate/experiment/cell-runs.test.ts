import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { readCellRuns, rememberCellRun } from "./cell-runs.ts";

test("each cell's newest run is remembered, and none where there is no file", () => {
  const folder = temporaryFolder();
  expect(readCellRuns(folder)).toEqual(new Map());
  rememberCellRun(folder, "full/small", "one");
  rememberCellRun(folder, "short/small", "two");
  rememberCellRun(folder, "full/small", "three");
  expect([...readCellRuns(folder)]).toEqual([
    ["full/small", "three"],
    ["short/small", "two"],
  ]);
});

test("a line that a crash tore off is passed over, and does not take the next one with it", () => {
  const folder = temporaryFolder();
  rememberCellRun(folder, "full/small", "one");
  appendFileSync(join(folder, "cells.jsonl"), '{"cell":"short/sm');
  expect([...readCellRuns(folder).keys()]).toEqual(["full/small"]);
  rememberCellRun(folder, "short/small", "two");
  expect([...readCellRuns(folder)]).toEqual([
    ["full/small", "one"],
    ["short/small", "two"],
  ]);
});
