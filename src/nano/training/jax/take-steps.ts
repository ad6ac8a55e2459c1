import { FailureError } from "../../../thought/errors.ts";
import { type Checkpoint, checkpointFolders, writeCheckpoint } from "../../checkpoint.ts";
import type { TrainingJob, TrainingOutcome } from "../engine.ts";
import type { PackedRows } from "../packing.ts";
import { keepProgress } from "../progress-file.ts";
import type { Recipe } from "../recipe.ts";
import { Clock } from "./clock.ts";
import { learningRate } from "./schedule.ts";
import type { Trainee } from "./trainee.ts";

/** One step's batch. */
export interface Batch {
  /** The rows of each logical shard. */
  readonly shards: readonly PackedRows[];
  /** Rows in all, counted on in the trainer's state. */
  readonly rows: number;
  /** Tokens in all. */
  readonly tokens: number;
  /** What was measured while the batch was made, such as the mean reward of its samples. */
  readonly measures?: Readonly<Record<string, number>>;
}

/** What is trained on, step by step. Whatever a batch holds follows from the step and the weights before it. */
export interface Course {
  readonly optimiser: Recipe["optimiser"];
  readonly training: Recipe["training"];
  readonly seed: number;
  readonly steps: number;
  /** Steps that belong together, such as those on one round of samples: no checkpoint is kept between them. Default 1. */
  readonly together?: number;
  /** The batch of a step, counted from 0; undefined when it was interrupted. */
  batch(step: number): Promise<Batch | undefined>;
  /** Rows for the validation loss. Default: there is none. */
  validation?(): Promise<readonly PackedRows[]>;
}

/** Trains from a checkpoint to the end of a course, keeping checkpoints on the way: the loop of every method. */
export async function takeSteps(
  job: Pick<TrainingJob, "folder" | "maxSeconds" | "maxSteps" | "onProgress" | "signal">,
  trainee: Trainee,
  from: Checkpoint,
  course: Course,
): Promise<TrainingOutcome> {
  const { signal } = job;
  const tell = keepProgress(job.folder, job.onProgress);
  const { optimiser, training, steps, seed } = course;
  const last = Math.min(steps, job.maxSteps ?? steps);
  const { together = 1 } = course;
  const clock = new Clock(from.state, steps);
  let { step, row } = from.state;
  let savedStep = step;
  let savedAt = 0;

  const save = async (): Promise<void> => {
    const state = { step, row, tokens: clock.tokens, elapsedSeconds: clock.elapsedSeconds, seed };
    await writeCheckpoint(job.folder, trainee.checkpoint(state), training.keepCheckpoints);
    [savedStep, savedAt] = [step, clock.seconds];
    const written = (await checkpointFolders(job.folder)).at(-1) ?? job.folder;
    tell({ kind: "checkpoint", step, folder: written });
  };
  const stopReason = (): TrainingOutcome["reason"] | undefined => {
    if (step % together !== 0) return undefined;
    if (signal?.aborted) return "stopped";
    if (step >= last) return "steps";
    return clock.seconds > (job.maxSeconds ?? Number.POSITIVE_INFINITY) ? "time" : undefined;
  };

  let reason = stopReason();
  while (reason === undefined) {
    const rate = learningRate(optimiser, step, steps);
    const batch = await course.batch(step);
    const done = batch && (await trainee.step(batch.shards, rate, step + 1, signal));
    if (batch === undefined || done === undefined) break;
    if (!Number.isFinite(done.loss)) {
      throw new FailureError(`the loss became ${done.loss} at step ${step}: lower optimiser.learningRate`);
    }
    step++;
    row += batch.rows;
    clock.count(done.loss, batch.tokens, { ...batch.measures, ...done.measures });
    if (step % training.reportSteps === 0 || step === last) {
      tell(clock.report(step, rate, done.gradientNorm));
    }
    if (course.validation && (step % training.validationSteps === 0 || step === steps)) {
      const loss = await trainee.meanLoss(await course.validation(), signal);
      if (loss !== undefined) tell({ kind: "validation", step, loss });
    }
    const due = clock.seconds - savedAt > training.checkpointMinutes * 60;
    if (due && step % together === 0) await save();
    reason = stopReason();
  }
  if (savedStep !== step && step % together === 0) await save();
  const outcome: TrainingOutcome = { kind: "finished", step, steps, reason: reason ?? "stopped" };
  tell(outcome);
  return outcome;
}
