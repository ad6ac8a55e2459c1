import type { Event } from "./event.ts";

/**
 * A view of a log that can be kept up to date one event at a time. Applying events in any chunking gives the
 * same state. `apply` may change the state in place and returns it.
 */
export interface Fold<State> {
  start(): State;
  apply(state: State, event: Event): State;
}

/** Folds events from the beginning. */
export function fold<State>(view: Fold<State>, events: Iterable<Event>): State {
  let state = view.start();
  for (const event of events) state = view.apply(state, event);
  return state;
}
