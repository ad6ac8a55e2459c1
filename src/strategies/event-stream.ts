import type { Event } from "../thought/event.ts";

/**
 * Events as they happen, for any number of readers: each gets all of them in order, from the first, and waits for more
 * until the stream has ended.
 */
export class EventStream {
  readonly events: Event[] = [];
  #ended: { error?: unknown } | undefined;
  #waiting: (() => void)[] = [];

  push(event: Event): void {
    this.events.push(event);
    this.#wake();
  }

  /** Nothing more will come; with `error`, readers that have read all throw it. Only the first end counts. */
  end(failure: { error?: unknown } = {}): void {
    this.#ended ??= failure;
    this.#wake();
  }

  /** Reads from the first event on. */
  async *read(): AsyncGenerator<Event, void, undefined> {
    for (let next = 0; ; next++) {
      while (next >= this.events.length) {
        if (this.#ended !== undefined) {
          if ("error" in this.#ended) throw this.#ended.error;
          return;
        }
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
      const event = this.events[next];
      if (event !== undefined) yield event;
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
