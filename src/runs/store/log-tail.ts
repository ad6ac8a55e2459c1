import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Event } from "../../thought/event.ts";
import { LogParser } from "../log-parser.ts";

/** Small enough that whoever shares the process gets a turn every few milliseconds. */
const PIECE_BYTES = 128 << 10;

/** Reads a log as far as it goes, and later what was added since, letting other work have its turn. */
export class LogTail {
  readonly #path: string;
  /** Behind the last whole line that was read. */
  #offset = 0;
  #size = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Size of the log when it was last read. */
  get size(): number {
    return this.#size;
  }

  /**
   * Reads whole lines from where the last reading ended, up to a damage or to where the log ends now. A line that is not
   * written to its end yet is left for the next time.
   *
   * @param visit is called for each event, in order
   * @param between is called after each piece of the log
   * @returns false where the log was cut since, so that what was read before may not hold any more
   */
  async read(visit: (event: Event) => void, between?: () => Promise<void>): Promise<boolean> {
    const file = openSync(this.#path, "r");
    try {
      const { size } = fstatSync(file);
      if (size < this.#offset) return false;
      this.#size = size;
      const parser = new LogParser(visit);
      const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(1, size - this.#offset)));
      for (let at = this.#offset; at < size; ) {
        const bytes = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at);
        if (bytes === 0 || !parser.push(buffer.subarray(0, bytes))) break;
        at += bytes;
        await between?.();
        if (at < size) await nextTurn();
      }
      this.#offset += parser.end().bytes;
      return true;
    } finally {
      closeSync(file);
    }
  }
}
