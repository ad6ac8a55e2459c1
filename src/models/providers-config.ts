import { z } from "zod";
import { limitsSchema } from "./limiter.ts";
import { priceSchema } from "./prices.ts";

/** What can be said of one provider in `sojourn.yaml`. All of it is optional for a built-in one. */
export const providerSettingsSchema = z.strictObject({
  /** Where its API is, version included, such as `http://127.0.0.1:8000/v1`. A provider of your own needs it. */
  baseUrl: z.url({ protocol: /^https?$/, error: "not a web address (http:// or https://)" }).optional(),
  /** The environment variable that holds its key. The key itself never stands in a config. */
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable, not a key")
    .optional(),
  /** The kind of server, for a provider of your own. Default `openai-compatible`. */
  like: z.enum(["openai-compatible", "ollama", "vllm"]).optional(),
  /** Whether a thought can be put at the beginning of the model's reply for it to continue. */
  prefill: z.enum(["reply", "none"]).optional(),
  /** Whether it gives log-probabilities when asked. */
  logprobs: z.boolean().optional(),
  /** Most samples that one request may ask for (`n`). */
  samples: z.int().positive().optional(),
  limits: limitsSchema.optional(),
  /** By model name without the provider; `"*"` for all its models. */
  prices: z.record(z.string(), priceSchema).optional(),
});
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

/** The part of `sojourn.yaml` that is about models' providers. */
export const providersConfigSchema = z.strictObject({
  providers: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "a name of letters, digits, - and _"),
      providerSettingsSchema,
    )
    .optional(),
});
export type ProvidersConfig = z.infer<typeof providersConfigSchema>;
