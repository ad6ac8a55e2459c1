import type { RunLog } from "../runs/run-log.ts";
import { FailureError } from "../thought/errors.ts";
import type { Event } from "../thought/event.ts";
import { applyToThought, emptyThought, type Thought } from "../thought/fold-thought.ts";
import type { Tree } from "../thought/tree.ts";
import { EventStream } from "./event-stream.ts";
import type { ThoughtThrough } from "./think.ts";

/** What is told while a thought begins: where its events go, and its run once there is one. */
export interface LiveThoughtWork {
  /** Fires when the thought is stopped. */
  signal: AbortSignal;
  /** Takes up an event of the question. */
  tell(event: Event): void;
  /** Names the run that the question is thought about in. */
  opened(run: RunLog): void;
}

/**
 * A question that is being thought about. Await it for the answer; loop over it for the events of the question, live, in
 * the order of the log and from the first on. Leaving the loop early stops the thinking.
 *
 * It rejects as `thinkThrough` throws, and the loop throws the same; where it was stopped, with the reason.
 */
export class LiveThought implements Promise<ThoughtThrough>, AsyncIterable<Event> {
  readonly [Symbol.toStringTag] = "LiveThought";
  /** The answer, as a plain promise. */
  readonly answer: Promise<ThoughtThrough>;
  readonly #stream = new EventStream();
  readonly #stop = new AbortController();
  readonly #thought = emptyThought();
  #run: RunLog | undefined;

  constructor(work: (work: LiveThoughtWork) => Promise<ThoughtThrough>) {
    this.answer = this.#begin(work);
  }

  /** The question's events so far. */
  get events(): readonly Event[] {
    return this.#stream.events;
  }

  /** The thought so far: question, strategy, walk, answer. Grows while it goes on. */
  get thought(): Thought {
    return this.#thought;
  }

  /** The reasoning tree so far. */
  get tree(): Tree {
    return this.#thought.tree;
  }

  /** The run that it is part of, with its id and, where it is recorded, its folder; undefined where it could not begin. */
  get run(): Pick<RunLog, "id" | "folder"> | undefined {
    return this.#run;
  }

  /** Stops the thinking; the answer rejects with the reason. Nothing happens where it has ended. */
  stop(reason: unknown = new FailureError("the thinking was stopped")): void {
    this.#stop.abort(reason);
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for.
  then<Fulfilled = ThoughtThrough, Rejected = never>(
    onFulfilled?: ((answer: ThoughtThrough) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.answer.then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<ThoughtThrough | Rejected> {
    return this.answer.catch(onRejected);
  }

  finally(onSettled?: (() => void) | null): Promise<ThoughtThrough> {
    return this.answer.finally(onSettled);
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, void, undefined> {
    // Whoever reads the events gets the error there, and need not await the answer too.
    this.answer.catch(() => {});
    const events = this.#stream.read();
    return {
      next: () => events.next(),
      return: async () => {
        this.stop();
        await this.answer.catch(() => {});
        return { done: true, value: undefined };
      },
    };
  }

  async #begin(work: (work: LiveThoughtWork) => Promise<ThoughtThrough>): Promise<ThoughtThrough> {
    try {
      const answer = await work({
        signal: this.#stop.signal,
        tell: (event) => {
          applyToThought(this.#thought, event);
          this.#stream.push(event);
        },
        opened: (run) => {
          this.#run = run;
        },
      });
      this.#stream.end();
      return answer;
    } catch (error) {
      this.#stream.end({ error });
      throw error;
    }
  }
}
