import { z } from "zod";
import { limitsSchema } from "./limiter.ts";
import { priceSchema } from "./prices.ts";

/** How a process reward model scores steps; see `providers/pooling.ts`. */
const stepScoringSchema = z.strictObject({
  /**
   * `pooling`: vLLM's pooling API gives numbers for each step. `tokens`: the model says a good or a bad token behind each
   * step. `turns`: it says it in a turn of its own, each step being a turn of the user. Default `pooling`.
   */
  by: z.enum(["pooling", "tokens", "turns"]).optional(),
  /** What stands behind each step. Default `<extra_0>` for `pooling`, ` ки` for `tokens`. */
  mark: z.string().optional(),
  /** The token that says that a step is right. Default `+`. */
  good: z.string().min(1).optional(),
  /** The token that says that it is wrong. Default `-`. */
  bad: z.string().min(1).optional(),
  /** Which number of a step's numbers is that of the good label. Default `last`. */
  place: z.enum(["first", "last"]).optional(),
});

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
  like: z.enum(["openai-compatible", "ollama", "vllm", "prm"]).optional(),
  /** Which API of an OpenAI-compatible server is asked: `completions` is `/v1/completions`, which continues a text. Default `chat`. */
  api: z.enum(["chat", "completions"]).optional(),
  /** A chat template for `completions`: a Jinja file, or a `tokenizer_config.json`. Default: a plain form of our own. */
  template: z.string().min(1).optional(),
  /** How a process reward model is asked for the scores of steps. */
  scores: stepScoringSchema.optional(),
  /** Whether a thought can be put at the beginning of the model's reply for it to continue. */
  prefill: z.enum(["reply", "none"]).optional(),
  /** Whether it gives log-probabilities when asked. */
  logprobs: z.boolean().optional(),
  /** Most samples that one request may ask for (`n`). */
  samples: z.int().positive().optional(),
  /** Threads that nano decodes in when many samples are wanted at once. Default: one a core. */
  threads: z.int().positive().optional(),
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
