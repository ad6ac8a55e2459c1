import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { distance } from "fastest-levenshtein";
import { FailureError, InputError, messageOf } from "../thought/errors.ts";
import { MANIFEST_FILE } from "./manifest.ts";

/** The name of the log in a run's folder. */
export const LOG_FILE = "events.jsonl";

/** The folder that holds all runs: `SOJOURN_RUNS`, else `./runs`. Absolute; it need not exist. */
export function runsRoot(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment["SOJOURN_RUNS"] || "runs");
}

/**
 * A run's id: UTC date and time, command, and four hex digits, such as `20261121-121530-ask-7f3a`. Ids sort by
 * time.
 */
export function newRunId(command: string, now: Date, suffix = randomBytes(2).toString("hex")): string {
  const [date, time] = now.toISOString().slice(0, 19).replace(/[-:]/g, "").split("T");
  const name = command.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${date}-${time}-${name}-${suffix}`;
}

/** Makes a new, empty run folder below `root` and returns its id. Throws FailureError where that is refused. */
export function makeRunFolder(root: string, command: string, now: Date): string {
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw new FailureError(
      `cannot make ${root}: ${messageOf(error)}; set SOJOURN_RUNS or use --no-record`,
      error,
    );
  }
  for (;;) {
    const id = newRunId(command, now);
    try {
      mkdirSync(join(root, id));
      return id;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") continue;
      const reason = messageOf(error);
      throw new FailureError(
        `cannot make a run in ${root}: ${reason}; set SOJOURN_RUNS or use --no-record`,
        error,
      );
    }
  }
}

/**
 * The ids of all runs below `root`, oldest first; empty where `root` does not exist.
 *
 * @param isKnown true for a folder that needs no look inside to be one of a run; default none
 */
export function listRuns(root: string, isKnown: (name: string) => boolean = () => false): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => !/^[._]/.test(name) && (isKnown(name) || existsSync(join(root, name, MANIFEST_FILE))))
    .sort();
}

/**
 * The id of the run that a user means by `name`: an id, the beginning of just one id, or `latest`. Throws
 * InputError that lists the runs that may have been meant.
 */
export function findRun(root: string, name: string): string {
  const ids = listRuns(root);
  if (ids.length === 0)
    throw new InputError(`no runs in ${root} yet; start one with sojourn ask, or set SOJOURN_RUNS`);
  const newest = ids.at(-1);
  if (name === "latest" && newest !== undefined) return newest;
  if (ids.includes(name)) return name;
  const beginning = ids.filter((id) => name !== "" && id.startsWith(name));
  const [only] = beginning;
  if (beginning.length === 1 && only !== undefined) return only;
  if (beginning.length > 1) {
    const shown = listed(beginning.slice(-SHOWN).reverse());
    throw new InputError(
      `"${name}" is the beginning of ${beginning.length} runs; write more of it: ${shown}`,
    );
  }
  throw new InputError(`no run "${name}"; did you mean ${listed(nearest(name, ids))}? See sojourn runs`);
}

/** Most runs that an error lists. */
const SHOWN = 3;

function nearest(name: string, ids: readonly string[]): string[] {
  const ranked = ids.map((id) => ({
    id,
    edits: Math.min(
      distance(name, id),
      distance(name, id.slice(0, name.length)),
      distance(name, id.slice(-name.length)),
    ),
  }));
  return ranked
    .sort((left, right) => left.edits - right.edits || (left.id < right.id ? 1 : -1))
    .slice(0, SHOWN)
    .map(({ id }) => id);
}

function listed(ids: readonly string[]): string {
  return ids.join(", ");
}
