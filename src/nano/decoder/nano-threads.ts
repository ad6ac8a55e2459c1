import { hashText } from "../../thought/random.ts";
import { DecodeThread } from "./decode-thread.ts";
import type { NanoSample } from "./generation.ts";
import { type GenerateOptions, questionOf } from "./nano.ts";

/** From how many samples on a request is shared out over all threads; below, its common prompt is computed once. */
const sharedFrom = 16;

/** How many more samples than the idlest a thread may have and still be preferred for what its cache holds. */
const patience = 24;

/** What {@link NanoThreads} needs to know of a request. */
export type ThreadedRequest = Omit<GenerateOptions, "onToken">;

/**
 * Decoders in several threads, each with a cache of its own. A sample is the same in every thread and in any company,
 * so how requests are shared out changes nothing but the time they take. Requests about one question go to one thread,
 * which has the beginning of their prompts in its cache; large requests are shared out.
 */
export class NanoThreads {
  readonly #threads: readonly DecodeThread[];
  readonly #questionEnd: number;

  /**
   * @param folder the model's folder
   * @param count how many threads
   * @param questionEnd the token at which a prompt's question ends, `<|think|>`
   */
  constructor(folder: string, count: number, questionEnd: number) {
    this.#threads = Array.from({ length: count }, () => new DecodeThread(folder));
    this.#questionEnd = questionEnd;
  }

  /** As `Nano.generate`. */
  async generate({ signal, ...request }: ThreadedRequest): Promise<NanoSample[]> {
    const { seeds, samples = seeds?.length ?? 1, firstSample = 0 } = request;
    if (samples < sharedFrom || this.#threads.length === 1) {
      return this.#threadFor(request.promptTokens).generate(request, signal);
    }
    const parts = this.#threads.map((thread, index) => {
      const first = Math.floor((index * samples) / this.#threads.length);
      const end = Math.floor(((index + 1) * samples) / this.#threads.length);
      const part = {
        firstSample: firstSample + first,
        samples: end - first,
        seeds: seeds?.slice(first, end),
      };
      return thread.generate({ ...request, ...part }, signal);
    });
    return (await Promise.all(parts)).flat();
  }

  /** Has all threads take the weights that lie in the model's folder by now. To be awaited while nothing is being generated. */
  async reload(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.reload()));
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #threadFor(prompt: readonly number[]): DecodeThread {
    const idlest = this.#threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
    const question = questionOf(prompt, this.#questionEnd);
    const home = this.#threads[hashText(question) % this.#threads.length] ?? idlest;
    return home.load <= idlest.load + patience ? home : idlest;
  }
}
