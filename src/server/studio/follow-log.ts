import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

/** One line of a log as it stands there. */
export interface LogLine {
  /** Counted from 1. */
  line: number;
  /** The event as JSON. */
  json: string;
  /** The event's question; undefined for an event of the run itself. */
  question: string | undefined;
  type: string;
}

/** How a log is followed. */
export interface FollowOptions {
  /** Lines up to this one are passed over. Default 0. */
  from?: number | undefined;
  /** Whether more may still come. Asked before the log is read to its end for the last time. */
  growing(): boolean;
  /** Calls `wake` whenever there may be more to read; returns what ends that. Default: the file is watched alone. */
  onWake?: ((wake: () => void) => () => void) | undefined;
  signal: AbortSignal;
}

const PIECE_BYTES = 1 << 18;

/** How long a log that does not grow is left alone: where no watcher tells, this is how late a line may come. */
const LOOK_AGAIN_MS = 500;

const lineSchema = z.looseObject({ type: z.string(), question: z.string().optional() });

/**
 * Reads a log line by line, then goes on as it grows, until `growing` says that nothing more will come or the signal
 * fires. The log may be written by this process or by another one. A line without its end is waited for; one that is not
 * an event ends the reading, as nothing behind it can be trusted.
 *
 * Lines come in batches, each as large as what could be read at once.
 */
export async function* followLog(path: string, options: FollowOptions): AsyncGenerator<LogLine[], void> {
  const { from = 0, signal } = options;
  const file = await open(path, "r");
  const bell = new Bell();
  const stopListening = [options.onWake?.(bell.ring), watched(path, bell.ring)];
  const ring = bell.ring;
  signal.addEventListener("abort", ring, { once: true });
  try {
    let read = 0;
    let rest: Buffer = Buffer.alloc(0);
    let line = 0;
    while (!signal.aborted) {
      bell.reset();
      const growing = options.growing();
      for (;;) {
        const piece = await readPiece(file, read);
        if (piece.length === 0) break;
        read += piece.length;
        const text = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
        const end = text.lastIndexOf(NEWLINE);
        rest = Buffer.from(text.subarray(end + 1));
        if (end === -1) continue;
        const batch: LogLine[] = [];
        for (const json of text.toString("utf8", 0, end).split("\n")) {
          line++;
          if (line <= from) continue;
          const event = readLine(json);
          if (event === undefined) {
            if (batch.length > 0) yield batch;
            return;
          }
          batch.push({ line, json, ...event });
        }
        if (batch.length > 0) yield batch;
        if (signal.aborted) return;
      }
      if (!growing) return;
      await bell.rungWithin(LOOK_AGAIN_MS);
    }
  } finally {
    signal.removeEventListener("abort", ring);
    for (const stop of stopListening) stop?.();
    await file.close();
  }
}

const NEWLINE = 0x0a;

async function readPiece(file: FileHandle, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, position);
  return buffer.subarray(0, bytesRead);
}

function readLine(json: string): Pick<LogLine, "question" | "type"> | undefined {
  try {
    const { type, question } = lineSchema.parse(JSON.parse(json));
    return { type, question };
  } catch {
    return undefined;
  }
}

/** Watches a file where the system can; where it cannot, the log is looked at now and then. */
function watched(path: string, changed: () => void): () => void {
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(path, changed);
    watcher.on("error", () => watcher?.close());
  } catch {
    return () => {};
  }
  return () => watcher?.close();
}

/** Rung by whoever has something new; waited for by whoever takes it up. A ring while nobody waits is not lost. */
class Bell {
  #rung = false;
  #wake = (): void => {};

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake();
  };

  reset(): void {
    this.#rung = false;
  }

  async rungWithin(milliseconds: number): Promise<void> {
    if (this.#rung) return;
    const done = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
      wait(milliseconds, undefined, { signal: done.signal }).catch(() => {}),
    ]);
    done.abort();
  }
}
