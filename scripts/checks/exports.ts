import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { readPackage, root } from "../project.ts";
import { rooms } from "./floors.ts";
import { report } from "./offence.ts";

/**
 * What package.json must export: the whole, each room that has an index, what a room has for testing, and package.json
 * itself.
 */
export function expectedExports(base: string): Record<string, string> {
  const open = rooms
    .flatMap((room) => [room, `${room}/testing`])
    .filter((folder) => existsSync(join(base, "src", folder, "index.ts")));
  return {
    ".": "./dist/index.js",
    ...Object.fromEntries(open.map((folder) => [`./${folder}`, `./dist/${folder}/index.js`])),
    "./package.json": "./package.json",
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const expected = expectedExports(root);
  const path = join(root, "package.json");
  if (process.argv.includes("--write")) {
    const whole = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, "utf8")));
    writeFileSync(path, `${JSON.stringify({ ...whole, exports: expected }, undefined, 2)}\n`);
  }
  const agrees = JSON.stringify(readPackage().exports) === JSON.stringify(expected);
  const line =
    readFileSync(path, "utf8")
      .split("\n")
      .findIndex((text) => text.includes('"exports"')) + 1;
  const message = "exports differ from the folders that have an index.ts: run npm run fix";
  report(agrees ? [] : [{ file: "package.json", line, message }], "package.json exports every room");
}
