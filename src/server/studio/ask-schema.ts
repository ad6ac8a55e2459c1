import { z } from "zod";
import { roleSchema } from "../../thought/usage.ts";

/** What can be asked here: `GET /api/options`. */
export const optionsSchema = z.strictObject({
  strategies: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      /** True where its model has to follow instructions, which nano does not. */
      needsInstructions: z.boolean(),
      /** The names of its prompts. */
      prompts: z.array(z.string()),
    }),
  ),
  /** Least first. */
  efforts: z.array(z.string()),
  models: z.array(
    z.strictObject({
      /** `provider/model`; a provider without a fixed model ends in `/` and wants a name behind it. */
      name: z.string(),
      /** False where something is missing, such as a key. */
      configured: z.boolean(),
      /** What is missing. */
      needs: z.string().optional(),
    }),
  ),
  /** Rules that verify answers. */
  checkers: z.array(z.string()),
  roles: z.array(roleSchema),
  /** The strategies' prompts: who speaks by them, and their text as it stands now. */
  prompts: z.array(z.strictObject({ name: z.string(), agent: z.string(), text: z.string() })),
  /** What is taken where nothing is chosen. */
  defaults: z.strictObject({ strategy: z.string(), effort: z.string(), model: z.string() }),
});
export type Options = z.infer<typeof optionsSchema>;

/** Where the thinking that was asked for can be followed: `POST /api/ask`. */
export const askedSchema = z.strictObject({ run: z.string(), question: z.string() });
export type Asked = z.infer<typeof askedSchema>;

/** Whether a run was told to end: `POST /api/runs/:run/stop`. */
export const stoppedSchema = z.strictObject({ run: z.string(), stopping: z.literal(true) });
export type Stopped = z.infer<typeof stoppedSchema>;

/** The last message of a stream of events: how the run stands, and what went wrong in it where it failed here. */
export const streamEndSchema = z.strictObject({
  state: z.enum(["running", "finished", "interrupted", "failed"]),
  error: z.string().optional(),
});
export type StreamEnd = z.infer<typeof streamEndSchema>;

/** A piece of text that a model has just written, shown and not kept; the event `delta` of a stream. */
export const streamDeltaSchema = z.strictObject({
  /** The place in the strategy that asked for it. */
  site: z.string(),
  sample: z.int().nonnegative(),
  /** `restarted`: the stream broke and begins again; what was shown of it is void. */
  kind: z.enum(["text", "reasoning", "restarted"]),
  text: z.string(),
});
export type StreamDelta = z.infer<typeof streamDeltaSchema>;
