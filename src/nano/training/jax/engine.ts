import { availableParallelism } from "node:os";
import { FailureError, InputError } from "../../../thought/errors.ts";
import {
  type Checkpoint,
  checkpointFolders,
  readConfig,
  readNewestCheckpoint,
  writeCheckpoint,
} from "../../checkpoint.ts";
import type { Engine, TrainingJob, TrainingOutcome } from "../engine.ts";
import { readDataIndex } from "../write-shards.ts";
import { Clock } from "./clock.ts";
import { Rows } from "./rows.ts";
import { learningRate } from "./schedule.ts";
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
  const trainee = new Trainee(config, checkpoint, recipe, threads);
  try {
    const data = {
      training: new Rows(job.data, index.train),
      validation: new Rows(job.data, index.validation),
    };
    return await trainSteps(job, trainee, checkpoint, data);
  } finally {
    await trainee.close();
  }
}

async function trainSteps(
  job: TrainingJob,
  trainee: Trainee,
  from: Checkpoint,
  data: { training: Rows; validation: Rows },
): Promise<TrainingOutcome> {
  const { recipe, signal } = job;
  const { optimiser, training } = recipe;
  const batchRows = optimiser.batchTokens / recipe.model.context;
  const steps = Math.floor(recipe.data.tokens / optimiser.batchTokens);
  const last = Math.min(steps, job.maxSteps ?? steps);
  const clock = new Clock(from.state, steps, optimiser.batchTokens);
  let { step, row } = from.state;
  let savedStep = step;
  let savedAt = 0;

  const save = async (): Promise<void> => {
    const state = {
      step,
      row,
      tokens: clock.tokens,
      elapsedSeconds: clock.elapsedSeconds,
      seed: recipe.seed,
    };
    await writeCheckpoint(job.folder, trainee.checkpoint(state), training.keepCheckpoints);
    [savedStep, savedAt] = [step, clock.seconds];
    const written = (await checkpointFolders(job.folder)).at(-1) ?? job.folder;
    job.onProgress?.({ kind: "checkpoint", step, folder: written });
  };
  const stopReason = (): TrainingOutcome["reason"] | undefined => {
    if (signal?.aborted) return "stopped";
    if (step >= last) return "steps";
    return clock.seconds > (job.maxSeconds ?? Number.POSITIVE_INFINITY) ? "time" : undefined;
  };

  let reason = stopReason();
  while (reason === undefined) {
    const rate = learningRate(optimiser, step, steps);
    const done = await trainee.step(await data.training.take(row, batchRows), rate, step + 1, signal);
    if (done === undefined) break;
    if (!Number.isFinite(done.loss)) {
      throw new FailureError(`the loss became ${done.loss} at step ${step}: lower optimiser.learningRate`);
    }
    step++;
    row += batchRows;
    clock.count(done.loss);
    if (step % training.reportSteps === 0 || step === last) {
      job.onProgress?.(clock.report(step, rate, done.gradientNorm));
    }
    if (step % training.validationSteps === 0 || step === steps) {
      const loss = await validationLoss(trainee, data.validation, job);
      if (loss !== undefined) job.onProgress?.({ kind: "validation", step, loss });
    }
    if (clock.seconds - savedAt > training.checkpointMinutes * 60) await save();
    reason = stopReason();
  }
  if (savedStep !== step) await save();
  const outcome: TrainingOutcome = { kind: "finished", step, steps, reason: reason ?? "stopped" };
  job.onProgress?.(outcome);
  return outcome;
}

/** Mean loss of the first validation rows, or undefined if it was interrupted. */
async function validationLoss(
  trainee: Trainee,
  rows: Rows,
  { recipe, signal }: TrainingJob,
): Promise<number | undefined> {
  const { logicalShards, validationRows } = recipe.training;
  const size = recipe.optimiser.batchTokens / recipe.model.context / logicalShards;
  const parts = [];
  for (let first = 0; first < Math.min(rows.count - size + 1, validationRows); first += size) {
    parts.push(await rows.take(first, size));
  }
  return trainee.meanLoss(parts, signal);
}
