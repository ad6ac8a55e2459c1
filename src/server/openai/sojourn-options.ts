import { z } from "zod";
import { partialSettingsSchema } from "../../strategies/settings.ts";
import { reasoningFieldSchema, reasoningModeSchema } from "../serving.ts";

/** What no OpenAI-compatible API has a parameter for, under the key `sojourn` of a request. */
export const sojournOptionsSchema = z.strictObject({
  /** The knobs of the strategies, as in `sojourn.yaml`. */
  settings: partialSettingsSchema.optional(),
  /** Verifies answers by rule, such as `countdown`. */
  checker: z.string().min(1).max(64).optional(),
  /** Default: what the server was started with. */
  reasoning: reasoningModeSchema.optional(),
  /** Default: what the server was started with. */
  reasoning_field: reasoningFieldSchema.optional(),
});
export type SojournOptions = z.infer<typeof sojournOptionsSchema>;
