import {
  appendFileSync,
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { FailureError, InputError, messageOf } from "../thought/errors.ts";
import type { Event } from "../thought/event.ts";
import { type LogDamage, type LogEnd, LogParser } from "./log-parser.ts";

const PIECE_BYTES = 1 << 20;
const SYNC_EVERY_MS = 1000;

/** Reads a log event by event without keeping it in memory, up to its end or its damage. */
export function scanLog(path: string, visit: (event: Event) => void): LogEnd {
  const parser = new LogParser(visit);
  const file = openToRead(path);
  try {
    // A log that is being written is read as far as it reached when the reading began.
    let left = fstatSync(file).size;
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(1, left)));
    while (left > 0) {
      const got = readSync(file, buffer, 0, Math.min(buffer.length, left), null);
      if (got === 0 || !parser.push(buffer.subarray(0, got))) break;
      left -= got;
    }
  } finally {
    closeSync(file);
  }
  return parser.end();
}

/** Reads a whole log into memory, up to its end or its damage. Throws InputError only where there is no file. */
export function readLog(path: string): { events: Event[]; damage?: LogDamage | undefined } {
  const events: Event[] = [];
  const { damage } = scanLog(path, (event) => events.push(event));
  return damage === undefined ? { events } : { events, damage };
}

/** A log opened for appending, and what was in it. */
export interface OpenedLog {
  events: Event[];
  writer: LogWriter;
  /** What was cut off, as one line for the user. */
  notice?: string | undefined;
}

/**
 * Opens a log, made when missing, to append to it. A torn last line is cut off and said so. A corrupt line refuses
 * the log with FailureError; with `repair` the log is cut before that line and what follows is kept in
 * `events.corrupt.jsonl` beside it.
 */
export function openLog(path: string, options: { repair?: boolean } = {}): OpenedLog {
  closeSync(openToAppend(path));
  const events: Event[] = [];
  const { bytes, damage } = scanLog(path, (event) => events.push(event));
  let notice: string | undefined;
  if (damage !== undefined) {
    const { line, reason } = damage;
    if (damage.kind === "torn") {
      notice = `dropped line ${line} of ${path}, torn when the run was killed: ${reason}`;
    } else if (options.repair === true) {
      const kept = join(dirname(path), "events.corrupt.jsonl");
      keepRest(path, bytes, kept);
      notice = `cut ${path} before line ${line} (${reason}); the rest is in ${kept}`;
    } else {
      throw new FailureError(
        `line ${line} of ${path} is corrupt (byte ${damage.byte}: ${reason}); resume with --repair to go on from the ${line - 1} events before it`,
      );
    }
    truncateSync(path, bytes);
  }
  return { events, writer: new LogWriter(path), notice };
}

/**
 * Appends events to a log, one JSON line each. When `append` returns, the line is with the operating system, so
 * that no kill of this process loses it; it is on disk within about a second, and on `close`.
 */
export class LogWriter {
  readonly #path: string;
  #file: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #syncing = false;

  constructor(path: string) {
    this.#path = path;
    this.#file = openToAppend(path);
  }

  /** Throws FailureError where the line cannot be written whole; the log is closed then and ends before it. */
  append(event: Event): void {
    const file = this.#file;
    if (file === undefined)
      throw new FailureError(`${this.#path} is closed; resume the run to go on with it`);
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    let written = 0;
    try {
      while (written < line.length) written += writeSync(file, line, written);
    } catch (error) {
      this.#file = undefined;
      clearTimeout(this.#timer);
      if (written > 0) ftruncateSync(file, fstatSync(file).size - written);
      this.#release(file);
      throw new FailureError(
        `cannot write ${this.#path}: ${messageOf(error)}; make room, then resume the run`,
        error,
      );
    }
    this.#timer ??= setTimeout(() => this.#sync(), SYNC_EVERY_MS).unref();
  }

  /** Brings the log to disk and closes it. Idempotent. */
  close(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    clearTimeout(this.#timer);
    fsyncSync(file);
    this.#release(file);
  }

  /** A sync under way still uses the file, and closes it when it is done. */
  #release(file: number): void {
    if (!this.#syncing) closeSync(file);
  }

  #sync(): void {
    const file = this.#file;
    this.#timer = undefined;
    if (file === undefined) return;
    if (this.#syncing) {
      this.#timer = setTimeout(() => this.#sync(), SYNC_EVERY_MS).unref();
      return;
    }
    this.#syncing = true;
    fdatasync(file, () => {
      this.#syncing = false;
      if (this.#file === undefined) closeSync(file);
    });
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new InputError(
      `cannot read ${path}: ${messageOf(error)}; name another run, see sojourn runs`,
      error,
    );
  }
}

function openToAppend(path: string): number {
  try {
    return openSync(path, "a");
  } catch (error) {
    throw new FailureError(
      `cannot write ${path}: ${messageOf(error)}; set SOJOURN_RUNS or use --no-record`,
      error,
    );
  }
}

/** Copies a file's bytes from an offset on to the end of another file. */
function keepRest(path: string, from: number, into: string): void {
  const file = openToRead(path);
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = from; ; ) {
      const got = readSync(file, buffer, 0, buffer.length, at);
      if (got === 0) return;
      appendFileSync(into, buffer.subarray(0, got));
      at += got;
    }
  } finally {
    closeSync(file);
  }
}
