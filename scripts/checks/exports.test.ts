import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectedExports } from "./exports.ts";

test("every room with an index is exported, in the order of the floors", () => {
  const base = mkdtempSync(join(tmpdir(), "sojourn-exports-"));
  try {
    for (const room of ["search", "thought", "cli"]) mkdirSync(join(base, "src", room), { recursive: true });
    for (const room of ["search", "thought"]) writeFileSync(join(base, "src", room, "index.ts"), "");
    expect(Object.entries(expectedExports(base))).toEqual([
      [".", "./dist/index.js"],
      ["./thought", "./dist/thought/index.js"],
      ["./search", "./dist/search/index.js"],
      ["./package.json", "./package.json"],
    ]);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
});
