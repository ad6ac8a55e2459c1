import { availableParallelism } from "node:os";
import type { NanoSample } from "../nano/decoder/generation.ts";
import { NanoThreads } from "../nano/decoder/nano-threads.ts";
import { thoughtTokens } from "../nano/thought-tokens.ts";
import type { Tokenizer } from "../nano/tokenizer.ts";
import { gradeProblem } from "../problems/grade-problem.ts";
import type { Problem } from "../problems/problem.ts";
import { hashText } from "../thought/random.ts";

/** How a policy samples. */
export interface SamplingSettings {
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens?: number | undefined;
}

/** A sample of a policy with its reward. */
export interface GradedSample {
  /** What it was asked, as tokens. */
  readonly prompt: readonly number[];
  readonly sample: NanoSample;
  /** In [0, 1]. */
  readonly reward: number;
}

/** Rewards a sample, in [0, 1]. */
export type Grader = (problem: Problem, sample: NanoSample) => number | Promise<number>;

/** The verifiable reward: 1 for a sample that ended by itself with an answer that is right, else 0. */
export const answerGrader: Grader = async (problem, { text, finishReason }) => {
  if (finishReason !== "end" || text.trim() === "") return 0;
  return (await gradeProblem(problem, text)).correct ? 1 : 0;
};

/** The model in a folder as a policy that samples thoughts and has them graded. */
export class Policy {
  readonly #threads: NanoThreads;
  readonly #tokenizer: Tokenizer;

  /** @param threads how many decode; default one for each core */
  constructor(folder: string, tokenizer: Tokenizer, threads: number = availableParallelism()) {
    this.#tokenizer = tokenizer;
    this.#threads = new NanoThreads(folder, threads, tokenizer.special.think);
  }

  /** Samples about a problem, the same for the same seed whatever else is sampled. Rejects when the signal aborts. */
  async sample(
    problem: Problem,
    count: number,
    seed: string,
    { temperature, topP, maxTokens }: SamplingSettings,
    { grade = answerGrader, signal }: { grade?: Grader | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<GradedSample[]> {
    const prompt = thoughtTokens(this.#tokenizer, { question: problem.question.text, thought: [] }).ids;
    const samples = await this.#threads.generate({
      ...{ promptTokens: prompt, temperature, topP, maxTokens, signal },
      seeds: Array.from({ length: count }, (_, index) => hashText(`${seed}/${problem.question.id}/${index}`)),
    });
    return Promise.all(
      samples.map(async (sample) => ({ prompt, sample, reward: await grade(problem, sample) })),
    );
  }

  /** Goes on with the weights that lie in the folder by now. */
  async reload(): Promise<void> {
    await this.#threads.reload();
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#threads.close();
  }
}
