import { z } from "zod";
import { roleSchema } from "../thought/usage.ts";
import type { Config } from "./config.ts";
import { DEFAULT_EFFORT, effortSchema } from "./effort.ts";
import { partialSettingsSchema } from "./settings.ts";

/** The model where nobody names one: it runs in this process, without a key and a network. */
export const DEFAULT_MODEL = "nano";

/** How a question is to be thought about. It is kept with the run, so that a resumed run does the same. */
export const thinkRequestSchema = z.strictObject({
  /** `provider/model` of every role that `roles` does not name. */
  model: z.string().min(1),
  roles: z.partialRecord(roleSchema, z.string().min(1)),
  /** A strategy's name, or `auto`. */
  strategy: z.string().min(1),
  effort: effortSchema,
  /** True where the caller named the effort: then it goes before the file's settings, else after them. */
  effortAsked: z.boolean(),
  /** Texts in place of strategies' prompts, by the prompt's name. */
  prompts: z.record(z.string(), z.string()).default({}),
  /** What the caller asked for; goes before every default. */
  settings: partialSettingsSchema,
  /** `settings` of the config file. */
  configured: partialSettingsSchema,
});
export type ThinkRequest = z.infer<typeof thinkRequestSchema>;

/** A request with whatever was left out taken from the config, then from the defaults. */
export function completeRequest(asked: Partial<ThinkRequest>, config: Config = {}): ThinkRequest {
  return {
    model: asked.model ?? config.model ?? DEFAULT_MODEL,
    roles: { ...config.roles, ...asked.roles },
    strategy: asked.strategy ?? config.strategy ?? "auto",
    prompts: { ...config.prompts, ...asked.prompts },
    effort: asked.effort ?? config.effort ?? DEFAULT_EFFORT,
    effortAsked: asked.effort !== undefined,
    settings: asked.settings ?? {},
    configured: asked.configured ?? config.settings ?? {},
  };
}
