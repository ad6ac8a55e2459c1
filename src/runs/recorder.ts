import type { EventBody, EventOf } from "../thought/event.ts";

/** A sample that the log already holds, with the call that brought it. */
export interface LoggedSample {
  call: EventOf<"call-finished">;
  sample: EventOf<"call-finished">["samples"][number];
}

/**
 * Where a question's events go and where a resumed question finds what it did before.
 *
 * While a resumed strategy retraces its logged steps, `emit` writes nothing: it asserts that the event equals the
 * logged one (times and usage apart), and starts to append after the last of them. Call events are exempt: they are
 * found by key.
 */
export interface Recorder {
  /** Appends and flushes the event, or while retracing checks it. Returns only when it is safe to act on. */
  emit(body: EventBody): void;
  /** True while logged events are being retraced. */
  readonly retracing: boolean;
  /** The next logged event that `emit` will have to equal; undefined when nothing is left to retrace. */
  expected(): EventBody | undefined;
  /** The logged failure of a task that was told as failed, so that it is not run again. */
  loggedFailure(task: string): EventOf<"task-told"> | undefined;
  /** The logged sample with this key, if its call finished. */
  loggedSample(site: string, occurrence: number, sample: number): LoggedSample | undefined;
  /** Milliseconds that earlier sessions of this question took: budgets in seconds count them. */
  readonly elapsedBeforeMs: number;
}
