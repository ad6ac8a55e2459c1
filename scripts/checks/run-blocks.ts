import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Fence } from "./markdown.ts";
import type { Offence } from "./offence.ts";

/** Milliseconds after which a block must say that it is long; a reader's machine is idle, one that checks is not. */
const longestBlock = 180_000;
const generated = new Set(["runs", "dist"]);

/**
 * Runs a page's blocks with bash, in their order, and says which failed. They share a temporary folder in which
 * every file of the project can be read under its own name, so that what a block writes lands there; runs go
 * there too. Keys are taken away and only this machine can be reached. `npm ci`, `npm install`, `npm test`,
 * `npm run check` and `npm run build` do nothing: whoever runs the checks has done them.
 *
 * @param file - the page, for the offences
 * @param base - absolute path of the project
 */
export async function runBlocks(file: string, blocks: readonly Fence[], base: string): Promise<Offence[]> {
  if (blocks.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "sojourn-docs-"));
  try {
    const [project, shims] = [join(folder, "project"), join(folder, "shims")];
    linkProject(base, project);
    writeShims(base, shims);
    const environment = { ...quietEnvironment(shims), HOME: folder, SOJOURN_RUNS: join(project, "runs") };
    const offences: Offence[] = [];
    for (const { text, line } of blocks) {
      const failure = await runScript(text, project, environment);
      if (failure !== undefined) offences.push({ file, line, message: `this block fails: ${failure}` });
    }
    return offences;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function linkProject(base: string, project: string): void {
  mkdirSync(project);
  for (const name of readdirSync(base))
    if (!generated.has(name)) symlinkSync(join(base, name), join(project, name));
}

/** Stand-ins at the front of PATH: `sojourn` and `npx` run the sources, `npm` leaves out what was done before. */
function writeShims(base: string, shims: string): void {
  const programs = `'${join(base, "node_modules/.bin")}'`;
  const scripts = {
    sojourn: `exec ${programs}/tsx '${join(base, "src/cli/main.ts")}' "$@"`,
    npx: `[ "$1" = sojourn ] && { shift; exec sojourn "$@"; }\nname=$1; shift; exec ${programs}/$name "$@"`,
    npm: `case "$*" in ci*|install*|test*|run\\ check*|run\\ build*) exit 0 ;; esac\nPATH=\${PATH#*:} exec npm "$@"`,
  };
  mkdirSync(shims);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(shims, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(shims, name), 0o755);
  }
}

function quietEnvironment(shims: string): NodeJS.ProcessEnv {
  const secretOrOurs = /_(API_KEY|TOKEN)$|^(npm_|VITEST)/;
  const kept = Object.entries(process.env).filter(([name]) => !secretOrOurs.test(name));
  const guard = new URL("./no-network.mjs", import.meta.url).href;
  return {
    ...Object.fromEntries(kept),
    CI: "true",
    NO_COLOR: "1",
    NODE_OPTIONS: `--import=${guard}`,
    PATH: [shims, process.env["PATH"]].join(delimiter),
  };
}

/** Runs one script and ends whatever it left running; resolves to what went wrong, or to nothing. */
function runScript(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint = (complaint + text).slice(-8000);
    });
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // The whole group has ended by itself.
      }
    };
    const timer = setTimeout(end, longestBlock);
    child.once("exit", end);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(undefined);
      else if (signal !== null) resolve(`it ran for ${longestBlock / 1000} s: mark it long if it must`);
      else resolve(`exit code ${code}: ${tellingLine(complaint)}`);
    });
  });
}

/** The line of an error output that says most: the one that names an error, else the last. */
function tellingLine(output: string): string {
  const lines = output.trim().split("\n");
  return (lines.find((line) => /error\b/i.test(line)) ?? lines.at(-1) ?? "").trim();
}
