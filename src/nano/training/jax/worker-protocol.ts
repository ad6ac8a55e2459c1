import { z } from "zod";
import { nanoConfigSchema } from "../../config.ts";
import { objectiveSchema } from "../objective.ts";

const shared = z.instanceof(SharedArrayBuffer);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const words = z.custom<Uint16Array>((value) => value instanceof Uint16Array);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const number = z.custom<number>((value) => typeof value === "number");

/** What a gradient worker is started with: the model and the memory it shares with the coordinator. */
export const workerDataSchema = z.object({
  config: nanoConfigSchema,
  objective: objectiveSchema,
  /** Weights, in the layout of `flatLayout`; the coordinator changes them only while no worker has a task. */
  weights: shared,
  /** A flat gradient for each logical shard, written by the worker that has the shard. */
  gradients: z.array(shared),
});

/** A parsed start message, see {@link workerDataSchema}. */
export type WorkerData = z.infer<typeof workerDataSchema>;

/** Work for a gradient worker. */
export const workerTaskSchema = z.object({
  /** `gradient` writes the gradient of its rows into the slot of its shard; `loss` only computes the loss. */
  kind: z.enum(["gradient", "loss"]),
  shard: z.number().int(),
  /** Counts the changes of the weights, so that a worker reads them once for each change. */
  version: z.number().int(),
  rows: z.object({
    rows: z.number().int(),
    context: z.number().int(),
    tokens: words,
    segments: bytes,
    mask: bytes,
    columns: z.array(floats).optional(),
  }),
});

/** A parsed task, see {@link workerTaskSchema}. */
export type WorkerTask = z.infer<typeof workerTaskSchema>;

/** What a worker answers. */
export const workerReplySchema = z.union([
  z.object({ loss: number, learnt: z.number(), measures: z.array(number).readonly() }),
  z.object({ failed: z.string() }),
]);
