import { z } from "zod";
import type { Purse } from "../../models/budget.ts";
import { questionSeed } from "../../models/seeds.ts";
import { createRun, memoryRun } from "../../runs/open-run.ts";
import type { RunLog } from "../../runs/run-log.ts";
import { inForm } from "../../strategies/in-form.ts";
import { findStrategy } from "../../strategies/registry.ts";
import { type ThoughtThrough, thinkThrough } from "../../strategies/think.ts";
import type { Event } from "../../thought/event.ts";
import type { ServerContext } from "../context.ts";
import type { Job } from "../jobs.ts";
import type { Asked } from "./asked.ts";
import { Narration, type Piece } from "./narration.ts";

/** What came of one choice. */
export interface Outcome extends ThoughtThrough {
  /** What the client got as the answer; empty where there is none. */
  answer: string;
  finishReason: "stop" | "length";
  /** The run's id, where it is recorded. */
  run?: string | undefined;
}

/** How a choice is thought about. */
export interface ChoiceOptions {
  context: ServerContext;
  job: Job;
  /** Which choice of the request it is, from 0. */
  index: number;
  /** True where the client waits for pieces, so that the backend's are wanted as well. */
  streams: boolean;
  /** What its calls are paid from, where the client's key has a budget. */
  purse?: Purse | undefined;
  tell(piece: Piece): void;
  /** Hears every event, for the metrics. */
  onEvent?: ((event: Event) => void) | undefined;
}

/**
 * Thinks about one choice of a request in a run of its own and tells what it comes to. Rejects as `thinkThrough` does.
 */
export async function thinkChoice(asked: Asked, options: ChoiceOptions): Promise<Outcome> {
  const { context, job, index } = options;
  const question = { id: "q1", ...asked.question };
  const think = { ...asked.think, settings: { ...asked.think.settings, seed: seedOf(asked, index) } };
  const run = openRun({ question, think, checker: asked.checker }, context);
  let answer = "";
  const narration = new Narration(
    asked,
    (piece) => {
      if (piece.kind === "answer") answer += piece.text;
      options.tell(piece);
    },
    options,
  );
  let cut = false;
  run.onEvent((event) => {
    if (event.question === undefined) return;
    if (event.type === "call-finished" && event.role === "policy")
      cut = event.samples.some(({ finishReason }) => finishReason === "length");
    options.onEvent?.(event);
    narration.event(event);
  });
  try {
    const thought = await thinkThrough(question, think, {
      registry: context.registry,
      run,
      checker: await namedChecker(asked.checker),
      entry: asked.form && inForm(findStrategy(think.strategy), asked.form),
      signal: job.signal,
      enough: job.enough,
      purse: options.purse,
      show: narration.show,
    });
    narration.finish(thought);
    run.finish();
    const length =
      thought.stopReason === "budget" || (cut && (thought.text === undefined || asked.live === "answer"));
    return {
      ...thought,
      answer,
      finishReason: length ? "length" : "stop",
      ...(run.folder !== undefined && { run: run.id }),
    };
  } catch (error) {
    run.close(job.signal.aborted ? "interrupted" : "failed");
    throw error;
  }
}

/** Choices differ by their seeds alone; the first has the request's own. */
function seedOf({ think: { settings, configured } }: Asked, index: number): number {
  const seed = settings.seed ?? configured.seed ?? 0;
  return index === 0 ? seed : questionSeed(seed, `choice ${index}`);
}

/** A run in the form of an `ask`, so that what a shutdown has interrupted can be gone on with. */
function openRun(
  request: { question: object; think: Asked["think"]; checker: string | undefined },
  context: ServerContext,
): RunLog {
  const { think } = request;
  const newRun = {
    command: "serve",
    request: z.json().parse(JSON.parse(JSON.stringify(request))),
    models: { policy: think.model, ...think.roles },
    seed: think.settings.seed ?? 0,
  };
  return context.serving.record
    ? createRun(newRun, { root: context.runsRoot, clock: context.clock })
    : memoryRun(newRun).log;
}

async function namedChecker(name: string | undefined) {
  if (name === undefined) return undefined;
  const { findChecker } = await import("../../problems/checkers.ts");
  return findChecker(name);
}
