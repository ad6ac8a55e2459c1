import type { TrainerState } from "../../checkpoint.ts";
import type { TrainingEvent } from "../engine.ts";

/** Time and tokens of a training, and what is told of its progress. */
export class Clock {
  readonly #began = performance.now();
  readonly #before: number;
  readonly #steps: number;
  #tokens: number;
  #reportedAt = this.#began;
  #losses: number[] = [];
  #measures: Record<string, number>[] = [];
  /** Tokens since the last report. */
  #fresh = 0;

  /** @param from where this call of the engine starts */
  constructor(from: TrainerState, steps: number) {
    this.#before = from.elapsedSeconds;
    this.#tokens = from.tokens;
    this.#steps = steps;
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

  /** Counts one step, the tokens of its batch, and what else it measured. */
  count(loss: number, tokens: number, measures: Record<string, number> = {}): void {
    this.#losses.push(loss);
    this.#measures.push(measures);
    this.#tokens += tokens;
    this.#fresh += tokens;
  }

  /** What has happened since the last report; `step` is the number of steps done. */
  report(step: number, learningRate: number, gradientNorm: number): TrainingEvent {
    const now = performance.now();
    const [losses, measured] = [this.#losses, this.#measures];
    const seconds = (now - this.#reportedAt) / 1000;
    const tokensPerSecond = this.#fresh / seconds;
    [this.#losses, this.#measures, this.#fresh, this.#reportedAt] = [[], [], 0, now];
    const names = Object.keys(measured[0] ?? {});
    const measures = names.map((name) => [name, mean(measured.map((each) => each[name] ?? 0))]);
    return {
      kind: "step",
      step,
      steps: this.#steps,
      loss: mean(losses),
      ...(names.length > 0 && { measures: Object.fromEntries(measures) }),
      tokens: this.#tokens,
      tokensPerSecond,
      learningRate,
      gradientNorm,
      elapsedSeconds: this.elapsedSeconds,
      remainingSeconds: ((this.#steps - step) * seconds) / losses.length,
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
