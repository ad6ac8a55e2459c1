import type { TrainerState } from "../../checkpoint.ts";
import type { TrainingEvent } from "../engine.ts";

/** Time and tokens of a training, and what is told of its progress. */
export class Clock {
  readonly #began = performance.now();
  readonly #before: number;
  readonly #steps: number;
  readonly #batchTokens: number;
  #tokens: number;
  #reportedAt = this.#began;
  #losses: number[] = [];

  /** @param from where this call of the engine starts */
  constructor(from: TrainerState, steps: number, batchTokens: number) {
    this.#before = from.elapsedSeconds;
    this.#tokens = from.tokens;
    this.#steps = steps;
    this.#batchTokens = batchTokens;
  }

  /** Seconds since this call of the engine began. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** Seconds of training over all resumptions. */
  get elapsedSeconds(): number {
    return this.#before + this.seconds;
  }

  /** Tokens trained on over all resumptions. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Counts one step. */
  count(loss: number): void {
    this.#losses.push(loss);
    this.#tokens += this.#batchTokens;
  }

  /** What has happened since the last report; `step` is the number of steps done. */
  report(step: number, learningRate: number, gradientNorm: number): TrainingEvent {
    const now = performance.now();
    const losses = this.#losses;
    const tokensPerSecond = (losses.length * this.#batchTokens) / ((now - this.#reportedAt) / 1000);
    [this.#losses, this.#reportedAt] = [[], now];
    return {
      kind: "step",
      step,
      steps: this.#steps,
      loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
      tokens: this.#tokens,
      tokensPerSecond,
      learningRate,
      gradientNorm,
      elapsedSeconds: this.elapsedSeconds,
      remainingSeconds: ((this.#steps - step) * this.#batchTokens) / tokensPerSecond,
    };
  }
}
