import { availableParallelism } from "node:os";
import { InputError } from "../../../thought/errors.ts";
import { readConfig, readNewestCheckpoint } from "../../checkpoint.ts";
import type { Engine, TrainingJob, TrainingOutcome } from "../engine.ts";
import type { PackedRows } from "../packing.ts";
import { readDataIndex } from "../write-shards.ts";
import { cutRows, Rows } from "./rows.ts";
import { takeSteps } from "./take-steps.ts";
import { Trainee } from "./trainee.ts";

/** Options of {@link jaxEngineWith}. */
export interface JaxEngineOptions {
  /** Threads that compute gradients; no more than the recipe has logical shards are used. Default: one for each core. */
  readonly threads?: number;
}

/**
 * Trains with jax-js in WebAssembly, without Python: the default engine. The weights after any number of steps are the same to
 * the bit however many threads there are and wherever training was interrupted.
 */
export const jaxEngine: Engine = jaxEngineWith({});

/** {@link jaxEngine} with options. */
export function jaxEngineWith({ threads = availableParallelism() }: JaxEngineOptions): Engine {
  return { name: "jax", train: (job) => train(job, threads) };
}

async function train(job: TrainingJob, threads: number): Promise<TrainingOutcome> {
  const { folder, recipe } = job;
  const [config, checkpoint, index] = await Promise.all([
    readConfig(folder),
    readNewestCheckpoint(folder),
    readDataIndex(job.data),
  ]);
  if (checkpoint === undefined)
    throw new InputError(`${folder} holds no checkpoint to train from: start the training anew`);
  if (index === undefined)
    throw new InputError(`${job.data} holds no training data: start the training anew`);
  const { optimiser, training, seed } = recipe;
  const { logicalShards } = training;
  const trainee = new Trainee(config, checkpoint, {
    objective: { kind: "likelihood" },
    optimiser,
    logicalShards,
    threads,
  });
  try {
    const rows = new Rows(job.data, index.train);
    const held = index.validation.length === 0 ? undefined : new Rows(job.data, index.validation);
    const batchRows = optimiser.batchTokens / recipe.model.context;
    return await takeSteps(job, trainee, checkpoint, {
      optimiser,
      training,
      seed,
      steps: Math.floor(recipe.data.tokens / optimiser.batchTokens),
      async batch(step) {
        const batch = await rows.take(step * batchRows, batchRows);
        return { shards: cutRows(batch, logicalShards), rows: batchRows, tokens: optimiser.batchTokens };
      },
      ...(held && {
        validation: () => validationParts(held, batchRows / logicalShards, training.validationRows),
      }),
    });
  } finally {
    await trainee.close();
  }
}

/** The first rows, at most so many, in parts of the size of a logical shard. */
async function validationParts(held: Rows, size: number, most: number): Promise<PackedRows[]> {
  const parts = [];
  for (let first = 0; first < Math.min(held.count - size + 1, most); first += size) {
    parts.push(await held.take(first, size));
  }
  return parts;
}
