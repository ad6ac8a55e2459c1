import { LogTail } from "./log-tail.ts";
import type { QuestionRows } from "./question-fold.ts";
import type { RunFacts } from "./run-facts.ts";
import { RunFold } from "./run-fold.ts";

/** A log as far as it was read, and what it came to. It can be read on later. */
export interface RunReading {
  tail: LogTail;
  fold: RunFold;
}

/** Where the rows of a run go. */
export interface RowSink {
  /** Takes up questions that are new, or have changed since an earlier reading. Each comes once in a reading. */
  take(questions: readonly QuestionRows[]): Promise<void>;
  /** Forgets whatever it took of the run: all of it comes again. */
  begin(): Promise<void>;
}

/**
 * Reads a run's log to its end and hands over the rows of its questions, as they settle, then the rest.
 *
 * @param before how far it was read before; default not at all
 */
export async function readRun(
  path: string,
  facts: RunFacts,
  sink: RowSink,
  before?: RunReading | undefined,
): Promise<RunReading> {
  let reading = before ?? { tail: new LogTail(path), fold: new RunFold(facts) };
  for (;;) {
    const { tail, fold } = reading;
    const grown = await tail.read(
      (event) => fold.add(event),
      () => sink.take(fold.takeSettled()),
    );
    if (grown && !fold.late) {
      await sink.take(fold.takeChanged());
      return reading;
    }
    // The log was cut, or a question came again that was let go.
    await sink.begin();
    const patience = fold.late ? Number.POSITIVE_INFINITY : undefined;
    reading = { tail: new LogTail(path), fold: new RunFold(facts, patience) };
  }
}
