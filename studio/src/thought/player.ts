import {
  applyToThought,
  type Event,
  emptyThought,
  foldUsage,
  type Thought,
  type Usage,
} from "sojourn/thought";

/**
 * Replays the events of one question: shows the thought as it stood after any number of them. Going on is as cheap as the
 * events between; going back folds from the beginning, as what was folded cannot be undone.
 */
export class ThoughtPlayer {
  readonly #events: readonly Event[];
  #thought: Thought = emptyThought();
  #usage: Usage = foldUsage.start();
  #place = 0;

  /** @param events may grow while it plays */
  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  /** The thought after the first `place` events, and what it had cost by then. Valid until the next call. */
  at(place: number): { thought: Thought; usage: Usage } {
    if (place < this.#place) {
      this.#thought = emptyThought();
      this.#usage = foldUsage.start();
      this.#place = 0;
    }
    for (; this.#place < place; this.#place++) {
      const event = this.#events[this.#place];
      if (event === undefined) break;
      applyToThought(this.#thought, event);
      this.#usage = foldUsage.apply(this.#usage, event);
    }
    return { thought: this.#thought, usage: this.#usage };
  }
}

/** How many of the events, in the order of the log, have happened after so many milliseconds from the first. */
export function eventsUntil(events: readonly Event[], milliseconds: number): number {
  const start = events[0]?.at ?? 0;
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at ?? 0) - start <= milliseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
