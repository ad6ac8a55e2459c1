import type { LoggedSample, Recorder } from "../../src/runs/recorder.ts";
import type { EventBody } from "../../src/thought/event.ts";

/** A recorder in memory that keeps call events and finds samples in those of an earlier run. */
export class CallRecorder implements Recorder {
  readonly events: EventBody[] = [];
  readonly elapsedBeforeMs = 0;
  readonly #earlier: readonly EventBody[];

  constructor(earlier: readonly EventBody[] = []) {
    this.#earlier = earlier;
  }

  get retracing(): boolean {
    return this.#earlier.length > 0;
  }

  emit(body: EventBody): void {
    this.events.push(body);
  }

  expected(): undefined {
    return undefined;
  }

  loggedFailure(): undefined {
    return undefined;
  }

  loggedSample(site: string, occurrence: number, sample: number): LoggedSample | undefined {
    for (const call of this.#earlier) {
      if (call.type !== "call-finished" || call.site !== site || call.occurrence !== occurrence) continue;
      const found = call.samples.find(({ index }) => index === sample);
      if (found !== undefined) return { call, sample: found };
    }
    return undefined;
  }
}
