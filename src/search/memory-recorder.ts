import { isDeepStrictEqual } from "node:util";
import type { Recorder } from "../runs/recorder.ts";
import type { EventBody, EventOf } from "../thought/event.ts";

/** A recorder for the tests of searches: keeps events in memory and retraces those it is given. */
export class MemoryRecorder implements Recorder {
  readonly events: EventBody[] = [];
  readonly elapsedBeforeMs = 0;
  readonly #logged: readonly EventBody[];

  /** @param logged events of an earlier drive, cut wherever one likes; none by default */
  constructor(logged: readonly EventBody[] = []) {
    this.#logged = logged;
  }

  get retracing(): boolean {
    return this.expected() !== undefined;
  }

  emit(body: EventBody): void {
    const expected = this.expected();
    if (expected !== undefined && !isDeepStrictEqual(body, expected)) {
      throw new Error(`retraced ${JSON.stringify(body)} where ${JSON.stringify(expected)} is logged`);
    }
    this.events.push(body);
  }

  expected(): EventBody | undefined {
    return this.#logged[this.events.length];
  }

  loggedFailure(task: string): EventOf<"task-told"> | undefined {
    return this.#logged.find(
      (body): body is EventOf<"task-told"> =>
        body.type === "task-told" && body.task === task && body.outcome === "failed",
    );
  }

  loggedSample(): undefined {
    return undefined;
  }
}
