import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { InputError } from "../thought/errors.ts";
import { findRun, listRuns, makeRunFolder, newRunId, runsRoot } from "./run-folder.ts";

function rootWith(...ids: string[]): string {
  const root = temporaryFolder();
  for (const id of ids) {
    mkdirSync(join(root, id));
    writeFileSync(join(root, id, "run.json"), "{}");
  }
  return root;
}

const ids = ["20261120-090000-ask-1111", "20261121-121530-ask-7f3a", "20261121-130000-eval-22bb"] as const;

it("lies in ./runs unless SOJOURN_RUNS names another place", () => {
  expect(runsRoot({})).toBe(resolve("runs"));
  expect(runsRoot({ SOJOURN_RUNS: "" })).toBe(resolve("runs"));
  expect(runsRoot({ SOJOURN_RUNS: "/elsewhere" })).toBe(resolve("/elsewhere"));
});

it("names runs by time and command", () => {
  expect(newRunId("ask", new Date("2026-11-21T12:15:30Z"), "7f3a")).toBe("20261121-121530-ask-7f3a");
  expect(newRunId("runs compact/", new Date(0), "0000")).toBe("19700101-000000-runs-compact--0000");
});

it("gives ids that sort by time", () => {
  const date = fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(date, date, (one, other) => {
      fc.pre(Math.abs(one.getTime() - other.getTime()) >= 1000);
      expect(newRunId("ask", one) < newRunId("ask", other)).toBe(one < other);
    }),
  );
});

it("makes a folder of its own for each of many runs of one second", () => {
  const root = join(temporaryFolder(), "new");
  const made = Array.from({ length: 50 }, () => makeRunFolder(root, "ask", new Date(0)));
  expect(new Set(made).size).toBe(50);
});

it("says what to do where no run can be made", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makeRunFolder(file, "ask", new Date(0))).toThrow(/set SOJOURN_RUNS or use --no-record$/);
});

it("lists runs oldest first and passes over what is none", () => {
  const root = rootWith(...ids.toReversed());
  mkdirSync(join(root, "_compact"));
  mkdirSync(join(root, "empty"));
  expect(listRuns(root)).toEqual(ids);
  expect(listRuns(join(root, "none"))).toEqual([]);
});

it("finds a run by its id, by the beginning of its id, and the latest", () => {
  const root = rootWith(...ids);
  expect(findRun(root, ids[1])).toBe(ids[1]);
  expect(findRun(root, "20261120")).toBe(ids[0]);
  expect(findRun(root, "latest")).toBe(ids[2]);
});

it("asks for more where the beginning fits several runs", () => {
  const root = rootWith(...ids);
  expect(() => findRun(root, "20261121")).toThrow(InputError);
  expect(() => findRun(root, "20261121")).toThrow(
    `the beginning of 2 runs; write more of it: ${ids[2]}, ${ids[1]}`,
  );
});

it("lists the nearest runs where none fits", () => {
  const root = rootWith(...ids);
  expect(() => findRun(root, "20261121-121530-ask-7f3b")).toThrow(`did you mean ${ids[1]}`);
  expect(() => findRun(root, "7f3b")).toThrow(`did you mean ${ids[1]}`);
  expect(() => findRun(root, "../escape")).toThrow(InputError);
  expect(() => findRun(root, "")).toThrow(InputError);
  expect(() => findRun(temporaryFolder(), "latest")).toThrow(/^no runs in .* yet/);
});
