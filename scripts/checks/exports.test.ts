import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectedExports } from "./exports.ts";

test("every room with an index, and what it has for testing, is exported, in the order of the floors", () => {
  const base = mkdtempSync(join(tmpdir(), "sojourn-exports-"));
  try {
    const folders = ["search", "thought", "thought/testing"];
    for (const folder of [...folders, "cli"]) mkdirSync(join(base, "src", folder), { recursive: true });
    for (const folder of folders) writeFileSync(join(base, "src", folder, "index.ts"), "");
    expect(Object.entries(expectedExports(base))).toEqual([
      [".", "./dist/index.js"],
      ["./thought", "./dist/thought/index.js"],
      ["./thought/testing", "./dist/thought/testing/index.js"],
      ["./search", "./dist/search/index.js"],
      ["./package.json", "./package.json"],
    ]);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
});
