import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { filesBelow, root } from "./project.ts";

const require = createRequire(import.meta.url);
const compiler = require.resolve("assemblyscript/bin/asc.js");
const options = ["-O3", "--enable", "simd", "--runtime", "stub"];

/**
 * Compiles every AssemblyScript kernel `src/nano/<name>.as.ts` to `<name>.wasm` beside it.
 * A kernel newer than all AssemblyScript of its folder is left alone.
 *
 * @returns the paths it wrote, relative to the project's root.
 */
export function buildKernels(): string[] {
  const sources = filesBelow("src/nano").filter((path) => path.endsWith(".as.ts"));
  const stale = sources.filter((source) => {
    const output = join(root, outputOf(source));
    if (!existsSync(output)) return true;
    const folder = sources.filter((other) => dirname(other) === dirname(source));
    return folder.some((other) => statSync(join(root, other)).mtimeMs > statSync(output).mtimeMs);
  });
  for (const source of stale) {
    const command = [compiler, source, "--outFile", outputOf(source), ...options];
    execFileSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  }
  return stale.map(outputOf);
}

function outputOf(source: string): string {
  return source.replace(/\.as\.ts$/, ".wasm");
}
