import { join } from "node:path";
import type { Event, EventOf } from "../thought/event.ts";
import { FolderSink, MemorySink } from "./event-sink.ts";
import { takeOwnership } from "./lock.ts";
import { openLog } from "./log.ts";
import { type RunManifest, readManifest, type Session, writeManifest } from "./manifest.ts";
import { findRun, LOG_FILE, makeRunFolder, newRunId, runsRoot } from "./run-folder.ts";
import { RunLog } from "./run-log.ts";
import { checkoutCommit, sojournVersion } from "./versions.ts";

/** What a new run is asked to do. */
export interface NewRun extends Pick<RunManifest, "command" | "request" | "models" | "seed"> {}

/** Where runs are, and what time it is. */
export interface RunPlace {
  /** The folder that holds all runs. Default: {@link runsRoot}. */
  root?: string | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  clock?: (() => number) | undefined;
}

/** Starts a run in a folder of its own, owned by this process until it is finished or closed. */
export function createRun(run: NewRun, { root = runsRoot(), clock = Date.now }: RunPlace = {}): RunLog {
  const now = new Date(clock());
  const id = makeRunFolder(root, run.command, now);
  const folder = join(root, id);
  const lock = takeOwnership(folder);
  const createdAt = now.toISOString();
  const commit = checkoutCommit();
  const manifest: RunManifest = {
    schema: 1,
    id,
    command: run.command,
    request: run.request,
    models: run.models,
    versions: { sojourn: sojournVersion(), node: process.versions.node },
    seed: run.seed,
    ...(commit === undefined ? {} : { commit }),
    createdAt,
    state: "running",
    sessions: [{ startedAt: createdAt, firstLine: 1 }],
  };
  writeManifest(folder, manifest);
  const { writer } = openLog(join(folder, LOG_FILE));
  const log = new RunLog({ id, folder, clock, sink: new FolderSink({ folder, manifest, writer, lock }) });
  log.emit(runStarted(manifest));
  return log;
}

/** A run that is opened again, with the manifest that says how to do it again. */
export interface ResumedRun {
  log: RunLog;
  manifest: RunManifest;
}

/**
 * Opens a run again, to do what it was asked once more: what its log holds is retraced, what it does not hold is
 * done and appended. A finished run may be opened too; it then retraces to its end and changes nothing.
 *
 * @param name an id, the beginning of one, or `latest`
 * @param place.repair cuts a log that is corrupt in its middle before the corrupt line, keeping the rest in
 * `events.corrupt.jsonl`. Default: such a log is refused.
 * @throws InputError for a name without a run and for a run that has an owner; FailureError for a corrupt log
 */
export function resumeRun(
  name: string,
  { root = runsRoot(), clock = Date.now, repair = false }: RunPlace & { repair?: boolean | undefined } = {},
): ResumedRun {
  const id = findRun(root, name);
  const folder = join(root, id);
  const lock = takeOwnership(folder);
  try {
    const before = readManifest(folder);
    const { events, writer, notice } = openLog(join(folder, LOG_FILE), { repair });
    const session: Session = { startedAt: new Date(clock()).toISOString(), firstLine: events.length + 1 };
    const manifest: RunManifest =
      before.state === "finished"
        ? before
        : { ...before, state: "running", sessions: [...before.sessions, session] };
    writeManifest(folder, manifest);
    const log = new RunLog({
      id,
      folder,
      clock,
      sink: new FolderSink({ folder, manifest, writer, lock }),
      logged: events,
      sessions: before.sessions,
      notices: notice === undefined ? [] : [notice],
    });
    if (events.length === 0) log.emit(runStarted(manifest));
    return { log, manifest };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A run that is kept in memory alone, and its events so far: for `--no-record` and for tests. */
export interface MemoryRun {
  log: RunLog;
  /** Grows while the run goes on; begins with what was logged before. */
  events: readonly Event[];
}

/**
 * Starts a run in memory.
 *
 * @param logged events of an earlier run, to be retraced; default none
 */
export function memoryRun(
  run: NewRun,
  options: Pick<RunPlace, "clock"> & { logged?: readonly Event[]; sessions?: readonly Session[] } = {},
): MemoryRun {
  const { clock = Date.now, logged = [], sessions } = options;
  const sink = new MemorySink();
  sink.events.push(...logged);
  const id = newRunId(run.command, new Date(clock()));
  const log = new RunLog({ id, sink, logged, sessions, clock });
  if (logged.length === 0) log.emit(runStarted({ ...run, id, versions: { sojourn: sojournVersion() } }));
  return { log, events: sink.events };
}

function runStarted(
  run: NewRun & { id: string; versions: Pick<RunManifest["versions"], "sojourn"> },
): EventOf<"run-started"> {
  const { id, command, request, seed, versions } = run;
  return { type: "run-started", run: id, schema: 1, command, request, seed, version: versions.sojourn };
}
