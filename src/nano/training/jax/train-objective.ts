import { availableParallelism } from "node:os";
import { InputError } from "../../../thought/errors.ts";
import { readConfig, readNewestCheckpoint } from "../../checkpoint.ts";
import type { TrainingJob, TrainingOutcome } from "../engine.ts";
import type { Objective } from "../objective.ts";
import { type Course, takeSteps } from "./take-steps.ts";
import { Trainee } from "./trainee.ts";

/** A training by any objective whose batches are made as it goes on. */
export interface ObjectiveJob
  extends Pick<TrainingJob, "folder" | "maxSeconds" | "maxSteps" | "onProgress" | "signal">,
    Pick<Course, "optimiser" | "training" | "seed" | "steps" | "together"> {
  readonly objective: Objective;
  /** Threads that compute gradients. Default: one for each core. */
  readonly threads?: number | undefined;
  /** Where batches come from; they may depend on the trainee's weights. */
  batches(trainee: Trainee): Pick<Course, "batch" | "validation">;
}

/**
 * Trains from the newest checkpoint of a folder to the last step with jax-js. The weights after any number of steps are the same
 * to the bit however many threads there are and wherever training was interrupted, as long as a batch follows from its step
 * and the weights before it.
 */
export async function trainObjective(job: ObjectiveJob): Promise<TrainingOutcome> {
  const { folder, objective, optimiser, training, threads = availableParallelism() } = job;
  const [config, checkpoint] = await Promise.all([readConfig(folder), readNewestCheckpoint(folder)]);
  if (checkpoint === undefined)
    throw new InputError(`${folder} holds no checkpoint to train from: start the training anew`);
  const { logicalShards } = training;
  const trainee = new Trainee(config, checkpoint, { objective, optimiser, logicalShards, threads });
  try {
    return await takeSteps(job, trainee, checkpoint, { ...job, ...job.batches(trainee) });
  } finally {
    await trainee.close();
  }
}
