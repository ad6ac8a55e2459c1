import type { Event } from "../thought/event.ts";
import type { OwnerLock } from "./lock.ts";
import type { LogWriter } from "./log.ts";
import { type RunManifest, type RunState, writeManifest } from "./manifest.ts";

/** Where the events of a run are kept. */
export interface EventSink {
  /** Keeps one event. When it returns, the event is safe from a kill of this process, as far as the sink can. */
  append(event: Event): void;
  /** Called once, after the last event, with the state in which the run is left. */
  close(state: RunState): void;
}

/** Keeps events in memory alone. */
export class MemorySink implements EventSink {
  readonly events: Event[] = [];

  append(event: Event): void {
    this.events.push(event);
  }

  close(): void {}
}

/**
 * Keeps events in the log of a run's folder, which this process owns until `close`. The manifest of a run that was
 * finished before is left as it was.
 */
export class FolderSink implements EventSink {
  readonly #folder: string;
  readonly #manifest: RunManifest;
  readonly #writer: LogWriter;
  readonly #lock: OwnerLock;

  constructor(parts: { folder: string; manifest: RunManifest; writer: LogWriter; lock: OwnerLock }) {
    this.#folder = parts.folder;
    this.#manifest = parts.manifest;
    this.#writer = parts.writer;
    this.#lock = parts.lock;
  }

  append(event: Event): void {
    this.#writer.append(event);
  }

  close(state: RunState): void {
    try {
      this.#writer.close();
      if (this.#manifest.state !== "finished") writeManifest(this.#folder, { ...this.#manifest, state });
    } finally {
      this.#lock.release();
    }
  }
}
