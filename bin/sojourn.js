#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";

// Kept in git, not built, so that npm can link the command even before there is a build.
const main = new URL("../dist/cli/main.js", import.meta.url);

if (existsSync(main)) {
  module.enableCompileCache?.(); // Node 22 and later: a quicker second start.
  await import(main.href);
} else {
  console.error("sojourn is not built yet: run npm ci in its folder");
  process.exitCode = 2;
}
