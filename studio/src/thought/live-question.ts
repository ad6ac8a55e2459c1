import { type StreamEnd, streamDeltaSchema, streamEndSchema } from "sojourn/schemas/ask-schema.ts";
import {
  applyToThought,
  type Event,
  emptyThought,
  eventSchema,
  foldUsage,
  type Thought,
  type Usage,
} from "sojourn/thought";
import { ApiError, addressOf, refusalOf } from "../api/client.ts";
import { readServerEvents, type ServerMessage } from "../api/server-events.ts";

/** A text that a model writes right now. */
export interface Draft {
  site: string;
  sample: number;
  text: string;
  reasoning: string;
}

/** How the connection to a question's events stands. */
export type Connection = "connecting" | "following" | "waiting" | "ended" | "refused";

/** Views are told of news at most so often, and the less often the more they have to draw. */
const TELL_MS = { least: 32, aNode: 0.01 };

/** Waits before a lost connection is tried again, the last one from then on. */
const RETRY_MS = [300, 1_000, 3_000, 8_000];

/**
 * One question of a run, kept up to date with its events: those of the log, then those that come, until the run ends. The
 * tree, the thought and the usage are the folds that the whole of Sojourn uses, so that a question that is watched and the
 * same one read later look the same.
 */
export class LiveQuestion {
  /** The run's events that matter here, in the order of its log. */
  readonly events: Event[] = [];
  readonly thought: Thought = emptyThought();
  usage: Usage = foldUsage.start();
  connection: Connection = "connecting";
  /** How the run stood when the stream ended. */
  end: StreamEnd | undefined;
  /** Why the server refused, or why what it sent cannot be read. */
  error: Error | undefined;
  /** What models write right now, by call site and sample; empty when the calls' events have come. */
  readonly drafts = new Map<string, Draft>();
  /** The run's own id, where `latest` was asked for. */
  run: string;
  /** The question's id; undefined until the first one is known. */
  question: string | undefined;
  /** Counts up with every change; what React compares. */
  version = 0;
  readonly #listeners = new Set<() => void>();
  #line = "0";
  #closing = new AbortController();
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(run: string, question: string | undefined) {
    this.run = run;
    this.question = question;
  }

  /** Listens for changes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows the events until the run ends or `close` is called. */
  async open(): Promise<void> {
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const before = this.events.length;
      try {
        await this.#follow(signal);
        if (this.end !== undefined) return;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError) {
          this.error = error;
          this.#become("refused");
          return;
        }
      }
      if (signal.aborted) return;
      this.#become("waiting");
      if (this.events.length > before) attempt = 0;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[attempt] ?? RETRY_MS.at(-1)));
    }
  }

  /** Lets go of the connection. What came stays. */
  close(): void {
    this.#closing.abort();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const path = addressOf(`/api/runs/${encodeURIComponent(this.run)}/events`, {
      question: this.question,
      brief: 1,
    });
    const response = await fetch(path, {
      headers: this.#line === "0" ? {} : { "last-event-id": this.#line },
      signal,
    });
    if (!response.ok || response.body === null) throw await refusalOf(response);
    this.#become("following");
    for await (const message of readServerEvents(response.body)) {
      if (message.event === "event") this.#take(message);
      else if (message.event === "delta") this.#draft(message.data);
      else if (message.event === "end") {
        this.end = streamEndSchema.parse(JSON.parse(message.data));
        this.drafts.clear();
        this.#become("ended");
        return;
      }
    }
  }

  #take({ data, id }: ServerMessage): void {
    const parsed = eventSchema.safeParse(JSON.parse(data));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new ApiError(
        `an event of this run is not understood (${issue?.path.join(".")}: ${issue?.message}); rebuild the studio with npm run build`,
        200,
      );
    }
    const event = parsed.data;
    if (id !== undefined) this.#line = id;
    if (event.type === "run-started") this.run = event.run;
    this.question ??= event.question;
    if (event.question !== undefined && event.question !== this.question) return;
    this.events.push(event);
    applyToThought(this.thought, event);
    this.usage = foldUsage.apply(this.usage, event);
    // The call's text is in the tree from now on.
    if (event.type === "call-finished" || event.type === "call-failed") this.#forgetDrafts(event.site);
    this.#tell();
  }

  #draft(data: string): void {
    const delta = streamDeltaSchema.parse(JSON.parse(data));
    const key = `${delta.site}\n${delta.sample}`;
    const { site, sample } = delta;
    const draft = this.drafts.get(key) ?? { site, sample, text: "", reasoning: "" };
    if (delta.kind === "restarted") this.drafts.delete(key);
    else this.drafts.set(key, { ...draft, [delta.kind]: draft[delta.kind] + delta.text });
    this.#tell();
  }

  #forgetDrafts(site: string): void {
    for (const [key, draft] of this.drafts) if (draft.site === site) this.drafts.delete(key);
  }

  #become(connection: Connection): void {
    this.connection = connection;
    this.#tell();
  }

  #tell(): void {
    this.#telling ??= setTimeout(
      () => {
        this.#telling = undefined;
        this.version++;
        for (const listener of this.#listeners) listener();
      },
      TELL_MS.least + TELL_MS.aNode * this.thought.tree.size,
    );
  }
}
