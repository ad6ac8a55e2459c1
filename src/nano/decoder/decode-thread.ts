import type { Worker } from "node:worker_threads";
import { FailureError, InputError, messageOf } from "../../thought/errors.ts";
import { startWorker } from "../start-worker.ts";
import { type ThreadMessage, type ThreadRequest, threadReplySchema } from "./decode-protocol.ts";
import type { NanoSample } from "./generation.ts";

interface Waiting {
  samples: number;
  resolve(samples: NanoSample[]): void;
  reject(error: unknown): void;
}

/** A thread with a decoder of its own. While it has nothing to do it does not keep the process alive. */
export class DecodeThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: FailureError | undefined;

  /** @param folder the model's folder, which the thread loads by itself */
  constructor(folder: string) {
    this.#worker = startWorker(import.meta.url, "decode", { folder });
    this.#worker.on("message", (message: unknown) => this.#take(message));
    this.#worker.on("error", (error) => this.#end(`a decoding thread failed: ${messageOf(error)}`));
    this.#worker.on("exit", () => this.#end("a decoding thread ended"));
    // Behind the listeners, since listening for messages makes a worker count again.
    this.#worker.unref();
  }

  /** Samples that were asked for and have not come back. */
  get load(): number {
    let load = 0;
    for (const { samples } of this.#waiting.values()) load += samples;
    return load;
  }

  /** As `Nano.generate`. Rejects with the signal's reason at once when it is aborted. */
  generate(request: ThreadRequest, signal?: AbortSignal): Promise<NanoSample[]> {
    const samples = request.samples ?? request.seeds?.length ?? 1;
    return this.#ask({ generate: request }, samples, signal);
  }

  /** Takes the weights that lie in the model's folder by now. To be awaited while nothing is being generated. */
  async reload(): Promise<void> {
    await this.#ask({ reload: true }, 0);
  }

  #ask(
    message: { generate: ThreadRequest } | { reload: true },
    samples: number,
    signal?: AbortSignal,
  ): Promise<NanoSample[]> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#ended !== undefined) throw this.#ended;
      const id = this.#next++;
      const abort = (): void => {
        this.#send({ id, abort: true });
        settle(() => reject(signal?.reason));
      };
      const settle = (how: () => void): void => {
        signal?.removeEventListener("abort", abort);
        this.#waiting.delete(id);
        if (this.#waiting.size === 0) this.#worker.unref();
        how();
      };
      signal?.addEventListener("abort", abort, { once: true });
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, {
        samples,
        resolve: (samples) => settle(() => resolve(samples)),
        reject: (error) => settle(() => reject(error)),
      });
      this.#send({ id, ...message });
    });
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(message: ThreadMessage): void {
    this.#worker.postMessage(message);
  }

  #take(message: unknown): void {
    const reply = threadReplySchema.parse(message);
    // A request that was aborted here may still answer.
    const waiting = this.#waiting.get(reply.id);
    if ("samples" in reply) waiting?.resolve(reply.samples);
    else waiting?.reject(reply.input ? new InputError(reply.failed) : new FailureError(reply.failed));
  }

  #end(reason: string): void {
    this.#ended ??= new FailureError(`${reason}: run the command again`);
    for (const { reject } of [...this.#waiting.values()]) reject(this.#ended);
  }
}
