import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import { type RunManifest, readManifest, writeManifest } from "./manifest.ts";

const manifest: RunManifest = {
  schema: 1,
  id: "20261121-121530-ask-7f3a",
  command: "ask",
  request: { question: "2 + 2?" },
  models: { policy: "nano" },
  versions: { sojourn: "0.1.0", node: "20.20.2" },
  seed: 1,
  createdAt: "2026-11-21T12:15:30.000Z",
  state: "running",
  sessions: [{ startedAt: "2026-11-21T12:15:30.000Z", firstLine: 1 }],
};

it("reads back what was written, and leaves no other file", () => {
  const folder = temporaryFolder();
  writeManifest(folder, manifest);
  writeManifest(folder, { ...manifest, state: "finished", commit: "abc-dirty" });
  expect(readManifest(folder)).toEqual({ ...manifest, state: "finished", commit: "abc-dirty" });
  expect(readdirSync(folder)).toEqual(["run.json"]);
});

it.each([
  ["another schema version", { ...manifest, schema: 2 }, "schema"],
  ["an unknown field", { ...manifest, extra: 1 }, "extra"],
  ["an unknown state", { ...manifest, state: "paused" }, "state"],
  ["a time that is none", { ...manifest, createdAt: "yesterday" }, "createdAt"],
])("refuses %s in one line", (_, content, named) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "run.json"), JSON.stringify(content));
  expect(() => readManifest(folder)).toThrow(InputError);
  expect(() => readManifest(folder)).toThrow(new RegExp(`^.*run\\.json is not a run.*${named}.*$`));
});

it("says which file it cannot read or write", () => {
  const folder = temporaryFolder();
  expect(() => readManifest(folder)).toThrow(InputError);
  writeFileSync(join(folder, "run.json"), "{");
  expect(() => readManifest(folder)).toThrow(/^cannot read .*run\.json/);
  expect(() => writeManifest(join(folder, "none"), manifest)).toThrow(FailureError);
});
