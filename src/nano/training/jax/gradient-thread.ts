import type { Worker } from "node:worker_threads";
import { FailureError, messageOf } from "../../../thought/errors.ts";
import { startWorker } from "../../start-worker.ts";
import type { LossSum } from "./gradient.ts";
import { type WorkerData, type WorkerTask, workerReplySchema } from "./worker-protocol.ts";

/** A running `gradient.worker.ts`, which takes one task at a time. */
export class GradientThread {
  readonly #worker: Worker;
  #waiting: { resolve: (sum: LossSum) => void; reject: (error: unknown) => void } | undefined;
  #ended: Error | undefined;

  constructor(data: WorkerData) {
    this.#worker = startWorker(import.meta.url, "gradient", data);
    this.#worker.on("message", (message: unknown) => {
      const reply = workerReplySchema.parse(message);
      if ("failed" in reply)
        this.#waiting?.reject(new FailureError(`the jax engine failed: ${reply.failed}`));
      else this.#waiting?.resolve(reply);
    });
    const end = (error: Error): void => {
      this.#ended ??= error;
      this.#waiting?.reject(this.#ended);
    };
    this.#worker.on("error", (error) =>
      end(new FailureError(`a training thread failed: ${messageOf(error)}`, error)),
    );
    this.#worker.on("exit", () => end(new FailureError("a training thread ended: start the training again")));
  }

  /** Carries out a task. Rejects with a FailureError when it fails and with the signal's reason when that aborts. */
  ask(task: WorkerTask, signal?: AbortSignal): Promise<LossSum> {
    return new Promise<LossSum>((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#ended !== undefined) throw this.#ended;
      const abort = () => settle(() => reject(signal?.reason));
      const settle = (how: () => void): void => {
        signal?.removeEventListener("abort", abort);
        this.#waiting = undefined;
        how();
      };
      signal?.addEventListener("abort", abort);
      this.#waiting = {
        resolve: (sum) => settle(() => resolve(sum)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#worker.postMessage(task);
    });
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
