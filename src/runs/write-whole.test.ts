import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { FailureError } from "../thought/errors.ts";
import { writeWhole } from "./write-whole.ts";

it("replaces what was there by a text or by pieces, and makes the folder", () => {
  const path = join(temporaryFolder(), "new/folder/a.txt");
  writeWhole(path, "a long text from before");
  writeWhole(path, ["Δ", "\n", ""]);
  expect(readFileSync(path, "utf8")).toBe("Δ\n");
  expect(readdirSync(join(path, ".."))).toEqual(["a.txt"]);
});

it("shows a reader the old file until all pieces of the new one are there", () => {
  const path = join(temporaryFolder(), "a.txt");
  writeWhole(path, "old");
  const seen: string[] = [];
  const pieces = function* (): Generator<string> {
    for (const piece of ["n", "e", "w"]) {
      yield piece;
      seen.push(readFileSync(path, "utf8"));
    }
  };
  writeWhole(path, pieces());
  expect(seen).toEqual(["old", "old", "old"]);
  expect(readFileSync(path, "utf8")).toBe("new");
});

it("leaves the file as it was, and nothing beside it, where the writing fails", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a.txt");
  writeWhole(path, "old");
  const pieces = function* (): Generator<string> {
    yield "half";
    throw new Error("no space left");
  };
  expect(() => writeWhole(path, pieces())).toThrow(
    /^cannot write .*a\.txt: no space left; make room or name/,
  );
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

it("says in one line what cannot be written and what to do about it", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  const below = join(folder, "file/a.txt");
  expect(() => writeWhole(below, "x", { mend: "copy the run" })).toThrow(FailureError);
  expect(() => writeWhole(below, "x", { mend: "copy the run" })).toThrow(/^cannot write .*; copy the run$/);
  mkdirSync(join(folder, "taken"));
  writeFileSync(join(folder, "taken/x"), "");
  expect(() => writeWhole(join(folder, "taken"), "x")).toThrow(/^cannot write .*taken: /);
  expect(readdirSync(folder)).toEqual(["file", "taken"]);
});

it("makes no folder again that was removed, where it is told so", () => {
  const gone = join(temporaryFolder(), "gone");
  expect(() => writeWhole(join(gone, "a.txt"), "x", { makeFolder: false, lasting: false })).toThrow(
    FailureError,
  );
  expect(existsSync(gone)).toBe(false);
});
