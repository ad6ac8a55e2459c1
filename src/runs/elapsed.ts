import type { Event } from "../thought/event.ts";
import type { Session } from "./manifest.ts";

/**
 * Adds up how long a question, or a whole run, took in the sessions of a run. In each session it lasted from when
 * its first event began (a call began its `wallMs` before it was logged; nothing began before the session) to its
 * last event.
 */
export class SessionClock {
  readonly #spans: { firstLine: number; startedAt: number; from: number; to: number }[];

  /** @param sessions oldest first */
  constructor(sessions: readonly Session[]) {
    this.#spans = sessions.map(({ startedAt, firstLine }) => ({
      firstLine,
      startedAt: Date.parse(startedAt),
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
    }));
  }

  /**
   * Takes up one event.
   *
   * @param line the line of the log that holds it, counted from 1
   */
  add(event: Event, line: number): void {
    const span = this.#spans.findLast(({ firstLine }) => line >= firstLine);
    if (span === undefined) return;
    const wallMs = event.type === "call-finished" || event.type === "call-failed" ? event.wallMs : 0;
    span.from = Math.max(span.startedAt, Math.min(span.from, event.at - wallMs));
    span.to = Math.max(span.to, event.at);
  }

  /** Milliseconds over all sessions. */
  get elapsedMs(): number {
    return this.#spans.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  }
}
