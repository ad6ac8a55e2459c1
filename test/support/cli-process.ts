import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How a command in a process of its own ended. */
export interface CliEnd {
  /** Null where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
}

/** The command line in a process of its own. */
export interface CliProcess {
  process: ChildProcess;
  ended: Promise<CliEnd>;
}

/**
 * Starts the command line: as it is built where the build is newer than every source, else from its sources.
 *
 * @param options.environment variables besides PATH and HOME; nothing else is passed on
 * @param options.input standard input, which ends behind it. Default: empty
 */
export function startCli(
  words: readonly string[],
  options: { folder: string; environment?: Record<string, string>; input?: string },
): CliProcess {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [...entry(), ...words], {
    cwd: options.folder,
    env: { PATH, HOME, SOJOURN_RUNS: join(options.folder, "runs"), ...options.environment },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    said.out += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said.err += piece;
  });
  child.stdin.on("error", () => {}).end(options.input ?? "");
  const ended = new Promise<CliEnd>((resolve) => child.on("close", (code) => resolve({ code, ...said })));
  return { process: child, ended };
}

let started: string[] | undefined;

/** What node is given to run the command line. */
function entry(): string[] {
  started ??= isBuilt()
    ? [join(root, "bin/sojourn.js")]
    : ["--import", import.meta.resolve("tsx"), join(root, "src/cli/main.ts")];
  return started;
}

function isBuilt(): boolean {
  const built = statSync(join(root, "dist/cli/main.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true });
  return sources.every(
    (entry) => !entry.isFile() || statSync(join(entry.parentPath, entry.name)).mtimeMs < built,
  );
}
