import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { FailureError, InputError, messageOf } from "../thought/errors.ts";

const ownerSchema = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  /** When the process started, in the system's own form: a process id is given again, the two together are not. */
  started: z.string().optional(),
});
type Owner = z.infer<typeof ownerSchema>;

/** The name of the lock in a run's folder. */
const LOCK_FILE = "owner.lock";

/** A lock file without readable content is being written, or was left by a crash when it is older than this. */
const WRITING_MS = 2000;
/** How long to wait before another look at it. */
const LOOK_MS = 50;

/** Ownership of one run's folder by this process. */
export interface OwnerLock {
  /** Gives it up. Idempotent. */
  release(): void;
}

/**
 * Makes this process the owner of a run's folder. A lock that a dead process left behind, also one whose process id
 * belongs to another process by now, is taken over. Throws InputError that names the owner where it is alive, this
 * process included, or on another machine. Waits, without letting go of the thread, for a lock that is being written: some
 * milliseconds, or two seconds where a process was killed while it wrote it.
 */
export function takeOwnership(folder: string): OwnerLock {
  const path = join(folder, LOCK_FILE);
  if (!writeLock(path)) {
    // Two processes may find one dead lock; only the one with the guard may remove it, after another look.
    const guard = `${path}.taking`;
    if (writtenState(guard) === "dead") unlinkIfThere(guard);
    if (!writeLock(guard)) throw new InputError(`another process is taking over ${folder}; try again`);
    try {
      if (writtenState(path) === "dead") unlinkIfThere(path);
      if (!writeLock(path)) throw new InputError(refusal(folder, path));
    } finally {
      unlinkIfThere(guard);
    }
  }
  let held = true;
  return {
    release() {
      if (held) unlinkIfThere(path);
      held = false;
    },
  };
}

/** True where a live process, or one of another machine, owns the run's folder. */
export function isOwned(folder: string): boolean {
  return ownerState(join(folder, LOCK_FILE)) === "alive";
}

/** Writes a lock of this process; false where the file is there already. */
function writeLock(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw new FailureError(
      `cannot write ${path}: ${messageOf(error)}; make the run's folder writable`,
      error,
    );
  }
  try {
    const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
    writeSync(file, `${JSON.stringify(owner)}\n`);
  } finally {
    closeSync(file);
  }
  return true;
}

function ownerState(path: string): "none" | "alive" | "dead" {
  let age: number;
  try {
    age = Date.now() - statSync(path).mtimeMs;
  } catch {
    return "none";
  }
  const owner = readOwner(path);
  if (owner === undefined) return age > WRITING_MS ? "dead" : "alive";
  if (owner.host !== hostname()) return "alive";
  if (!isRunning(owner.pid)) return "dead";
  const started = startOf(owner.pid);
  if (started === ENDED) return "dead";
  return started === undefined || owner.started === undefined || started === owner.started ? "alive" : "dead";
}

/** The state once the lock has its content, or is old enough never to get it; a clock that was set back ends the wait too. */
function writtenState(path: string): ReturnType<typeof ownerState> {
  const until = performance.now() + WRITING_MS + 2 * LOOK_MS;
  for (;;) {
    const state = ownerState(path);
    if (state !== "alive" || readOwner(path) !== undefined || performance.now() > until) return state;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function refusal(folder: string, path: string): string {
  const owner = readOwner(path);
  if (owner === undefined) return `another process is taking over ${folder}; try again`;
  if (owner.host !== hostname()) {
    return `${folder} is owned by process ${owner.pid} on ${owner.host}; if that is gone, remove ${path}`;
  }
  return `${folder} is owned by the running process ${owner.pid}; wait for it or stop it`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** The start of a process that was killed and is still in the table, since its parent has not looked after it. */
const ENDED = "ended";

/** A text that differs between any two processes that ever had this id; undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name, in parentheses, may itself hold spaces; the state follows it, the start is the 20th field after it.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return ENDED;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
    }
    if (process.platform === "win32") return undefined;
    const line = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return line === "" ? undefined : line;
  } catch {
    return undefined;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
