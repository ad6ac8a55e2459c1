import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { readJsonLines, writeJsonLines } from "./jsonl.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sojourn-jsonl-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schema = z.strictObject({ id: z.string() });

test("what was written is read back, and replaces what was there", () => {
  const path = join(folder, "new/a.jsonl");
  writeJsonLines(path, [{ id: "long before" }, { id: "2" }]);
  writeJsonLines(path, [{ id: "Δ\n" }]);
  expect(readJsonLines(path, schema)).toEqual([{ id: "Δ\n" }]);
  expect(readdirSync(join(folder, "new"))).toEqual(["a.jsonl"]);
});

test("a value that cannot be written leaves the file as it was", () => {
  const path = join(folder, "a.jsonl");
  writeJsonLines(path, [{ id: "1" }]);
  expect(() => writeJsonLines(path, [{ id: "2" }, { id: 3n }])).toThrow(
    /^cannot write .*a\.jsonl: .*; make room/,
  );
  expect(readJsonLines(path, schema)).toEqual([{ id: "1" }]);
});

test("a line that does not fit is named", () => {
  const path = join(folder, "a.jsonl");
  writeFileSync(path, '{"id":"1"}\n\n{"id":2}\n');
  expect(() => readJsonLines(path, schema)).toThrow(/^line 3 of .*a\.jsonl is no line .* \(id: /);
  writeFileSync(path, '{"id":"1"}\n{"id":');
  expect(() => readJsonLines(path, schema)).toThrow(/^line 2 of .*a\.jsonl is not JSON/);
  expect(() => readJsonLines(join(folder, "none"), schema)).toThrow(/^cannot read .*none/);
});
