import { FailureError } from "../thought/errors.ts";
import type { Event, EventBody } from "../thought/event.ts";
import type { EventSink } from "./event-sink.ts";
import type { RunState, Session } from "./manifest.ts";
import { type LoggedEvent, QuestionLog } from "./question-log.ts";
import { readEvent } from "./read-event.ts";

/** Takes up events of a run as they come. Must not throw. */
export type EventListener = (event: Event) => void;

/** What a run's log is made of; `createRun`, `resumeRun` and `memoryRun` put it together. */
export interface RunLogOptions {
  id: string;
  sink: EventSink;
  /** What earlier sessions logged, in order. Default: nothing. */
  logged?: readonly Event[] | undefined;
  /** The earlier sessions. Default: none. */
  sessions?: readonly Session[] | undefined;
  /** The run's folder; absent for a run that is not recorded. */
  folder?: string | undefined;
  /** What the user should know, such as a torn line that was dropped. */
  notices?: readonly string[] | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  clock?: (() => number) | undefined;
}

/** One run: the only writer of its log. Gives a recorder for each question, and tells listeners what happens. */
export class RunLog {
  readonly id: string;
  readonly folder: string | undefined;
  readonly notices: readonly string[];
  readonly #sink: EventSink;
  readonly #clock: () => number;
  readonly #sessions: readonly Session[];
  readonly #logged = new Map<string | undefined, LoggedEvent[]>();
  readonly #questions = new Map<string, QuestionLog>();
  readonly #listeners = new Set<EventListener>();
  #finished: boolean;
  #closed = false;

  constructor(options: RunLogOptions) {
    this.id = options.id;
    this.folder = options.folder;
    this.notices = options.notices ?? [];
    this.#sink = options.sink;
    this.#clock = options.clock ?? Date.now;
    this.#sessions = options.sessions ?? [];
    for (const [index, event] of (options.logged ?? []).entries()) {
      const events = this.#logged.get(event.question);
      const logged = { event, line: index + 1 };
      if (events === undefined) this.#logged.set(event.question, [logged]);
      else events.push(logged);
    }
    this.#finished = this.#logged.get(undefined)?.at(-1)?.event.type === "run-finished";
  }

  /** The recorder of one question; the same one each time. */
  question(id: string): QuestionLog {
    const known = this.#questions.get(id);
    if (known !== undefined) return known;
    const recorder = new QuestionLog({
      run: this.id,
      logged: this.#logged.get(id) ?? [],
      sessions: this.#sessions,
      append: (body) => this.#append(body, id),
      tell: (event) => this.#tell(event),
    });
    this.#questions.set(id, recorder);
    return recorder;
  }

  /** Logs an event of the run itself. */
  emit(body: EventBody): void {
    this.#append(body, undefined);
  }

  /**
   * Calls `listener` for every event from now on, after it is kept: new ones and retraced ones, each question's in
   * the order of its log. Returns a function that ends it.
   */
  onEvent(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the run as done: logs `run-finished`, unless the log has it already, and closes. */
  finish(): void {
    if (!this.#finished) this.emit({ type: "run-finished" });
    this.#finished = true;
    this.close("finished");
  }

  /** Closes the log and gives up the run's folder, leaving the run in a state. Idempotent. */
  close(state: RunState): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sink.close(state);
  }

  #append(body: EventBody, question: string | undefined): void {
    if (this.#closed)
      throw new FailureError(`the log of run ${this.id} is closed; resume the run to go on with it`);
    const at = this.#clock();
    const event = question === undefined ? { at, ...body } : { at, question, ...body };
    // What cannot be read back would end every later reading of the log. What the schema takes is JSON as it stands.
    const read = readEvent(event);
    if ("refused" in read) {
      throw new FailureError(`an event for the log of run ${this.id} cannot be kept: ${read.refused}`);
    }
    this.#sink.append(read.event);
    this.#tell(read.event);
  }

  #tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}
