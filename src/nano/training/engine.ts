import { z } from "zod";
import type { Recipe } from "./recipe.ts";

/** What an engine tells while it trains. */
export const trainingEventSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("step"),
    /** Optimiser steps done, of `steps`. */
    step: z.number().int(),
    steps: z.number().int(),
    /** Mean loss since the last report; of a learnt token (nats), or of whatever the method counts. */
    loss: z.number(),
    /** Means of what else the method measures, such as `margin`, `reward` or `kl`. */
    measures: z.record(z.string(), z.number()).optional(),
    /** Tokens trained on so far, padding and questions included. */
    tokens: z.number(),
    tokensPerSecond: z.number(),
    learningRate: z.number(),
    /** Norm of the last gradient before clipping. */
    gradientNorm: z.number(),
    /** Seconds of training, over all resumptions. */
    elapsedSeconds: z.number(),
    remainingSeconds: z.number(),
  }),
  z.object({ kind: z.literal("validation"), step: z.number().int(), loss: z.number() }),
  z.object({ kind: z.literal("checkpoint"), step: z.number().int(), folder: z.string() }),
  /** Samples of a policy that were drawn and graded in a round (from 1), and how many of them are right so far. */
  z.object({
    kind: z.literal("samples"),
    round: z.number().int(),
    done: z.number().int(),
    all: z.number().int(),
    right: z.number(),
  }),
  z.object({ kind: z.literal("data"), done: z.number().int(), all: z.number().int() }),
  z.object({ kind: z.literal("note"), text: z.string() }),
  z.object({
    kind: z.literal("finished"),
    step: z.number().int(),
    steps: z.number().int(),
    /** `steps`: all of them; `time`: the time limit; `stopped`: it was asked to stop. A checkpoint was kept. */
    reason: z.enum(["steps", "time", "stopped"]),
  }),
]);

/** One thing an engine tells, see {@link trainingEventSchema}. */
export type TrainingEvent = z.infer<typeof trainingEventSchema>;

/** How a training ended. */
export type TrainingOutcome = Extract<TrainingEvent, { kind: "finished" }>;

/** What an engine is given. */
export interface TrainingJob {
  /** Training folder: `config.json`, `recipe.json` and at least one checkpoint, which may be that of step 0. */
  readonly folder: string;
  /** Data folder: `index.json` and shards. */
  readonly data: string;
  readonly recipe: Recipe;
  /** Stop with a checkpoint after this many seconds of this call. */
  readonly maxSeconds?: number;
  /** Stop with a checkpoint after this step in all; the schedule stays that of the whole training. */
  readonly maxSteps?: number;
  readonly onProgress?: (event: TrainingEvent) => void;
  /** On abort the engine keeps a checkpoint and returns with the reason `stopped`. */
  readonly signal?: AbortSignal;
}

/**
 * Trains from the newest checkpoint of a folder to the end of the recipe, keeping checkpoints on the way. All engines start
 * from the same weights, take the same rows in the same order and follow the same schedule.
 */
export interface Engine {
  readonly name: string;
  train(job: TrainingJob): Promise<TrainingOutcome>;
}
