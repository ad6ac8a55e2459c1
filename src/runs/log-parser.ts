import type { Event } from "../thought/event.ts";
import { readEvent } from "./read-event.ts";

/** Where and why the reading of a log ended before its end. */
export interface LogDamage {
  /**
   * `torn`: the last line was not written to its end; nothing that was acted on is lost. `corrupt`: a whole line
   * cannot be read, and what follows it cannot be trusted.
   */
  kind: "torn" | "corrupt";
  /** Counted from 1. */
  line: number;
  /** Offset of the line's first byte in the file. */
  byte: number;
  /** One line. */
  reason: string;
}

/** How far a log could be read. */
export interface LogEnd {
  /** Events before the damage, or in all. One line each. */
  lines: number;
  /** Bytes that those lines take. */
  bytes: number;
  damage?: LogDamage | undefined;
}

const NEWLINE = 0x0a;

/**
 * Reads a log from its bytes, given in pieces of any size. Every line is checked against the event schema; the
 * first line that fails ends the reading. It never throws for what is in the bytes.
 */
export class LogParser {
  readonly #visit: (event: Event) => void;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** Pieces of the line that has not ended yet. */
  #unended: Uint8Array[] = [];
  #lines = 0;
  #bytes = 0;
  /** A line that cannot be read; whether it is the last one shows only later. */
  #bad: { reason: string; notJson: boolean } | undefined;
  #more = false;

  /** @param visit is called for each event, in order */
  constructor(visit: (event: Event) => void) {
    this.#visit = visit;
  }

  /** Takes the next piece. Returns false when nothing that follows can be read any more. */
  push(piece: Uint8Array): boolean {
    let start = 0;
    while (this.#bad === undefined) {
      const end = piece.indexOf(NEWLINE, start);
      if (end === -1) break;
      this.#unended.push(piece.subarray(start, end));
      this.#readLine();
      start = end + 1;
    }
    if (start < piece.length) {
      if (this.#bad === undefined) this.#unended.push(new Uint8Array(piece.subarray(start)));
      else this.#more = true;
    }
    return !this.#more;
  }

  /** Tells that no piece follows. */
  end(): LogEnd {
    const at = { line: this.#lines + 1, byte: this.#bytes };
    const read = { lines: this.#lines, bytes: this.#bytes };
    if (this.#bad !== undefined) {
      const { reason, notJson } = this.#bad;
      return { ...read, damage: { kind: notJson && !this.#more ? "torn" : "corrupt", ...at, reason } };
    }
    const left = this.#unended.reduce((sum, { length }) => sum + length, 0);
    if (left === 0) return read;
    const reason = `the last line ends after ${left} bytes without a line break`;
    return { ...read, damage: { kind: "torn", ...at, reason } };
  }

  #readLine(): void {
    const [first = new Uint8Array(0), ...others] = this.#unended;
    const line = others.length === 0 ? first : Buffer.concat(this.#unended);
    this.#unended = [];
    let value: unknown;
    try {
      value = JSON.parse(this.#decoder.decode(line));
    } catch (error) {
      const reason = error instanceof SyntaxError ? "it is not JSON" : "it is not UTF-8";
      this.#bad = { reason, notJson: true };
      return;
    }
    const read = readEvent(value);
    if ("refused" in read) {
      this.#bad = { reason: read.refused, notJson: false };
      return;
    }
    this.#lines++;
    this.#bytes += line.length + 1;
    this.#visit(read.event);
  }
}
