import { Generation, type GenerationSettings, type NanoSample } from "./generation.ts";
import type { PagePool } from "./page-pool.ts";
import { Sequence } from "./sequence.ts";

/** One request: a prompt and what to do with it. */
export interface JobRequest {
  readonly settings: GenerationSettings;
  readonly promptTokens: readonly number[];
  /** What the requests of one question have in common. */
  readonly question: string;
  /** Key of each sample's random draws; their number is the number of samples. */
  readonly keys: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** A request under way: its prompt is computed once, then its samples start from there. */
export class Job {
  readonly request: JobRequest;
  /** The place of its question among all. */
  readonly place: number;
  readonly finished: Promise<NanoSample[]>;
  readonly #results = new Map<number, NanoSample>();
  #prompt: Sequence | undefined;
  #promptLogits: Float32Array | undefined;
  #started = 0;
  #resolve: (samples: NanoSample[]) => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor(request: JobRequest, place: number) {
    this.request = request;
    this.place = place;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** The prompt as far as it is computed, begun at the first call. */
  prompt(pool: PagePool): Sequence {
    this.#prompt ??= Sequence.start(pool, this.request.promptTokens);
    return this.#prompt;
  }

  /** True once samples can start. */
  get ready(): boolean {
    return this.#promptLogits !== undefined;
  }

  /** Samples that have not started yet. */
  get waiting(): number {
    return this.request.keys.length - this.#started;
  }

  /** Takes the logits of the prompt's last token, from which each sample draws its first. */
  promptComputed(logits: Float32Array): void {
    this.#promptLogits = logits.slice();
  }

  /** Starts the next sample with its first token. The prompt's pages are given back with the last one. */
  startSample(): Generation {
    const key = this.request.keys[this.#started];
    if (this.#prompt === undefined || this.#promptLogits === undefined || key === undefined) {
      throw new RangeError("a sample starts after its prompt, each once");
    }
    const sample = new Generation(this.request.settings, this.#prompt.fork(), this.#started++, key);
    if (this.waiting === 0) this.#releasePrompt();
    sample.extend(this.#promptLogits);
    return sample;
  }

  /** Takes a finished sample; with the last one the request is answered. */
  finish(index: number, sample: NanoSample): void {
    this.#results.set(index, sample);
    if (this.#results.size < this.request.keys.length) return;
    this.#resolve(this.request.keys.flatMap((_, place) => this.#results.get(place) ?? []));
  }

  /** Answers the request with an error. */
  fail(reason: unknown): void {
    this.#releasePrompt();
    this.#reject(reason);
  }

  #releasePrompt(): void {
    this.#prompt?.release();
    this.#prompt = undefined;
  }
}
