import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder of Sojourn itself: a checkout's root, or the installed package. */
const home = fileURLToPath(new URL("../..", import.meta.url));

let version: string | undefined;
let commit: { described: string | undefined } | undefined;

/** The version of Sojourn that is running. */
export function sojournVersion(): string {
  version ??= readVersion();
  return version;
}

function readVersion(): string {
  const text = readFileSync(`${home}/package.json`, "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/**
 * The commit of the checkout that is running, with `-dirty` where it has changes; undefined for an installed
 * package, or where git cannot say. Git is asked once: what runs is what was loaded, and a server begins many runs.
 */
export function checkoutCommit(): string | undefined {
  commit ??= { described: describeCheckout() };
  return commit.described;
}

function describeCheckout(): string | undefined {
  if (!existsSync(`${home}/.git`)) return undefined;
  const ask = ["--no-optional-locks", "describe", "--always", "--exclude=*", "--abbrev=40", "--dirty"];
  try {
    const said = execFileSync("git", ask, {
      cwd: home,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return said.trim() || undefined;
  } catch {
    return undefined;
  }
}
