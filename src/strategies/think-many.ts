import { setMaxListeners } from "node:events";
import { questionSeed } from "../models/seeds.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import type { Question } from "../thought/question.ts";
import { type ThinkThroughOptions, type ThoughtThrough, thinkThrough } from "./think.ts";
import type { ThinkRequest } from "./think-request.ts";

/** What many questions are thought about with. */
export interface ThinkManyOptions extends ThinkThroughOptions {
  /**
   * Most questions that are thought about at once. Default 128. Calls are limited by each backend alone, so this only
   * has to be high enough that a free slot always finds a question that has work for it: a few times as many as
   * requests may be in flight, divided by what a question asks at once.
   */
  atOnce?: number | undefined;
}

/** What came of one of many questions. */
export type QuestionOutcome = { question: Question } & (
  | { thought: ThoughtThrough }
  /** Why there is none: its models could not be reached, or do not know its kind. The others go on. */
  | { failed: FailureError }
);

/**
 * Thinks about many questions over one run and one set of models, and gives each outcome as soon as it is there. A
 * question of which nothing came is an outcome too, and no end.
 *
 * Each question has the budget and the settings of the request to itself, and a seed that follows from the request's seed
 * and the question's id, so that two thoughts about one text differ. The same questions over the same run, resumed, repeat
 * no call that is logged. Questions are taken from their source as they are begun, so that it may
 * be longer than memory; who stops taking outcomes stops what is under way.
 *
 * Throws an InputError for a request that no question could be thought about with and for two questions of one id, and
 * the signal's reason when it fires.
 */
export async function* thinkMany(
  questions: Iterable<Question> | AsyncIterable<Question>,
  request: ThinkRequest,
  { atOnce = 128, signal, ...options }: ThinkManyOptions,
): AsyncGenerator<QuestionOutcome, void, undefined> {
  const left = new AbortController();
  const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
  // Each question listens, and Node would warn of that from the eleventh on.
  setMaxListeners(0, stop);
  const source = each(questions);
  const ids = new Set<string>();
  const outcomes: QuestionOutcome[] = [];
  let wake = (): void => {};
  let failure: { error: unknown } | undefined;
  /** Counted up before each is started, down when it has ended. */
  let workers = 0;

  async function work(): Promise<void> {
    try {
      for (;;) {
        stop.throwIfAborted();
        const { value: question, done } = await source.next();
        if (done === true) return;
        if (ids.has(question.id))
          throw new InputError(`two questions have the id "${question.id}"; rename one`);
        ids.add(question.id);
        outcomes.push(await thinkOne(question, request, { ...options, signal: stop }));
        wake();
      }
    } catch (error) {
      failure ??= { error };
      left.abort(error);
    } finally {
      workers--;
      wake();
    }
  }

  try {
    for (let started = 0; started < atOnce; started++) {
      workers++;
      void work();
    }
    for (;;) {
      const outcome = outcomes.shift();
      if (outcome !== undefined) yield outcome;
      else if (failure !== undefined) throw failure.error;
      else if (workers === 0) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    left.abort(new Error("nobody takes the outcomes any more"));
  }
}

async function thinkOne(
  question: Question,
  request: ThinkRequest,
  options: ThinkThroughOptions,
): Promise<QuestionOutcome> {
  try {
    const { settings, configured } = request;
    const seed = questionSeed(settings.seed ?? configured.seed ?? 0, question.id);
    const own = { ...request, settings: { ...settings, seed } };
    return { question, thought: await thinkThrough(question, own, options) };
  } catch (error) {
    if (error instanceof FailureError) return { question, failed: error };
    throw error;
  }
}

async function* each<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item, void> {
  yield* items;
}
