import { FailureError } from "../thought/errors.ts";
import { type Event, type EventBody, type EventOf, isCallEvent } from "../thought/event.ts";
import { foldUsage } from "../thought/fold-usage.ts";
import { addTokenUsage, emptyTokenUsage, type TokenUsage, type Usage } from "../thought/usage.ts";
import { differenceOf, sameBody } from "./divergence.ts";
import { SessionClock } from "./elapsed.ts";
import type { Session } from "./manifest.ts";
import type { LoggedSample, Recorder } from "./recorder.ts";

/** An event and the line of the log that holds it, counted from 1. */
export interface LoggedEvent {
  event: Event;
  line: number;
}

/** What a question's log needs of its run. */
export interface QuestionLogOptions {
  run: string;
  /** What earlier sessions logged of this question, in the order of the log. */
  logged: readonly LoggedEvent[];
  /** The run's earlier sessions. */
  sessions: readonly Session[];
  /** Checks, keeps and tells a new event. */
  append(body: EventBody): void;
  /** Tells listeners a logged event that the question has come to again. */
  tell(event: Event): void;
}

/** The recorder of one question of a run; see {@link Recorder} for how a resumed question retraces its log. */
export class QuestionLog implements Recorder {
  readonly elapsedBeforeMs: number;
  /** What failed and cancelled calls of earlier sessions cost: they are not made again, and budgets count them. */
  readonly failedBefore: TokenUsage;
  /** The seconds after which an earlier session's time was up; undefined where it was not. */
  readonly timeUpAfter: number | undefined;
  readonly #options: QuestionLogOptions;
  readonly #samples = new Map<string, LoggedSample>();
  readonly #failures = new Map<string, EventOf<"task-told">>();
  #usage: Usage = foldUsage.start();
  /** Place in `logged` of the next event to retrace: calls before it were told already. */
  #next = 0;

  constructor(options: QuestionLogOptions) {
    this.#options = options;
    const clock = new SessionClock(options.sessions);
    let failedBefore = emptyTokenUsage();
    let timeUpAfter: number | undefined;
    for (const { event, line } of options.logged) {
      clock.add(event, line);
      this.#usage = foldUsage.apply(this.#usage, event);
      if (event.type === "call-finished") this.#keepSamples(event);
      if (event.type === "call-failed") failedBefore = addTokenUsage(failedBefore, event.usage);
      if (event.type === "budget-exhausted" && event.limit === "seconds") timeUpAfter = event.allowed;
      if (event.type === "task-told" && event.outcome === "failed") this.#failures.set(event.task, event);
    }
    this.failedBefore = failedBefore;
    this.timeUpAfter = timeUpAfter;
    this.elapsedBeforeMs = clock.elapsedMs;
  }

  /** The usage of all calls of the question, those of earlier sessions included. */
  get usage(): Usage {
    return this.#usage;
  }

  get retracing(): boolean {
    return this.#pending() !== undefined;
  }

  expected(): EventBody | undefined {
    const pending = this.#pending();
    return pending === undefined ? undefined : bodyOf(pending.event);
  }

  emit(body: EventBody): void {
    if (isCallEvent(body)) {
      this.#options.append(body);
      this.#usage = foldUsage.apply(this.#usage, { at: 0, ...body });
      return;
    }
    const pending = this.#pending();
    if (pending === undefined) {
      this.#tellUpTo(this.#options.logged.length);
      this.#options.append(body);
      return;
    }
    const logged = bodyOf(pending.event);
    if (!sameBody(logged, body)) {
      throw new FailureError(
        `the log of run ${this.#options.run} was made by another version or setting: event ${pending.line} ${differenceOf(logged, body)}; start a new run instead of resuming`,
      );
    }
    this.#tellUpTo(pending.place + 1);
    if (this.#pending() === undefined) this.#tellUpTo(this.#options.logged.length);
  }

  loggedFailure(task: string): EventOf<"task-told"> | undefined {
    return this.#failures.get(task);
  }

  loggedSample(site: string, occurrence: number, sample: number): LoggedSample | undefined {
    return this.#samples.get(sampleKey(site, occurrence, sample));
  }

  /** The next logged event that has to be emitted again; calls are found by key and passed over. */
  #pending(): { event: Event; line: number; place: number } | undefined {
    const { logged } = this.#options;
    for (let place = this.#next; place < logged.length; place++) {
      const at = logged[place];
      if (at !== undefined && !isCallEvent(at.event)) return { ...at, place };
    }
    return undefined;
  }

  #tellUpTo(end: number): void {
    for (; this.#next < end; this.#next++) {
      const at = this.#options.logged[this.#next];
      if (at !== undefined) this.#options.tell(at.event);
    }
  }

  #keepSamples(call: EventOf<"call-finished">): void {
    for (const sample of call.samples) {
      const key = sampleKey(call.site, call.occurrence, sample.index);
      if (!this.#samples.has(key)) this.#samples.set(key, { call, sample });
    }
  }
}

function sampleKey(site: string, occurrence: number, sample: number): string {
  return `${site}\n${occurrence}\n${sample}`;
}

function bodyOf(event: Event): EventBody {
  const { at: _at, question: _question, ...body } = event;
  return body;
}
