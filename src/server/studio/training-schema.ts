import { z } from "zod";

/** How a training stands: `stopped` can be gone on with; `silent` has said nothing for two minutes and may have been killed. */
const trainingStateSchema = z.enum(["running", "finished", "stopped", "silent"]);

const standing = {
  /** Its folder: the name of one that the studio looks into, and the way from there. */
  training: z.string(),
  state: trainingStateSchema,
  /** Optimiser steps done. */
  step: z.int().nonnegative(),
  /** Of so many; null where the newest word does not say. */
  steps: z.int().nonnegative().nullable(),
  /** When it last said something: milliseconds since the epoch. */
  at: z.number(),
  /** The newest mean loss. */
  loss: z.number().nullable(),
};

/** The trainings that were found, the one that spoke last first: `GET /api/trainings`. */
export const trainingsReplySchema = z.strictObject({ rows: z.array(z.strictObject(standing)) });
export type TrainingsReply = z.infer<typeof trainingsReplySchema>;

const pointSchema = z.strictObject({ step: z.int().nonnegative(), value: z.number() });
/** A value at an optimiser step. */
export type CurvePoint = z.infer<typeof pointSchema>;

/** One line of a plot, such as the loss. */
export const curveSchema = z.strictObject({ name: z.string(), points: z.array(pointSchema) });
export type Curve = z.infer<typeof curveSchema>;

/** One training with its curves: `GET /api/trainings/curves?training=`. Ask again while it runs. */
export const trainingReplySchema = z.strictObject({
  ...standing,
  /** By its newest report; absent before the first one. */
  pace: z
    .strictObject({
      tokens: z.number(),
      tokensPerSecond: z.number(),
      elapsedSeconds: z.number(),
      remainingSeconds: z.number(),
      learningRate: z.number(),
    })
    .optional(),
  /** `loss` first, then `validation loss` and whatever else the method measures, each where there is one. */
  curves: z.array(curveSchema),
});
export type TrainingReply = z.infer<typeof trainingReplySchema>;
