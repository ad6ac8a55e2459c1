import { z } from "zod";
import { effortSchema } from "../../strategies/effort.ts";
import { namedSchemaSchema } from "./answer-form.ts";
import { sojournOptionsSchema } from "./sojourn-options.ts";

const textPartSchema = z.looseObject({ type: z.literal("text"), text: z.string() });
const textSchema = z.union([z.string(), z.array(textPartSchema)], {
  error: "text is needed, or a list of parts of type text; strategies think about text alone",
});

const saidSchema = z.union(
  [
    z.string(),
    z.null(),
    z.array(z.union([textPartSchema, z.looseObject({ type: z.literal("refusal"), refusal: z.string() })])),
  ],
  { error: "text is needed, or a list of parts of type text or refusal" },
);

const messageSchema = z.discriminatedUnion(
  "role",
  [
    z.strictObject({
      role: z.enum(["system", "developer"]),
      content: textSchema,
      name: z.string().nullish(),
    }),
    z.strictObject({ role: z.literal("user"), content: textSchema, name: z.string().nullish() }),
    // Whatever a client got may come back, thinking under any of its names included.
    z.looseObject({
      role: z.literal("assistant"),
      content: saidSchema.optional(),
      tool_calls: z
        .array(z.never(), { error: "strategies call no tools, so there are no calls to go on from" })
        .nullish(),
    }),
  ],
  { error: "the role has to be system, developer, user or assistant; strategies call no tools" },
);

/** Parameters of the API that hold one value here, and why. */
export const UNSUPPORTED_IN_CHAT: Readonly<Record<string, string>> = {
  tools: "strategies call no tools; give the tools to a model without a strategy",
  tool_choice: "strategies call no tools",
  presence_penalty: "strategies sample by temperature and top_p alone",
  frequency_penalty: "strategies sample by temperature and top_p alone",
  logit_bias: "strategies sample by temperature and top_p alone",
  logprobs: "an answer that several calls have come to has no log-probabilities",
  top_logprobs: "an answer that several calls have come to has no log-probabilities",
  modalities: "strategies write text alone",
  store: "completions are not stored here; the operator may record runs",
  service_tier: "there is one tier",
  verbosity: "say in the question how long the answer shall be",
};

/** A request to `/v1/chat/completions`: every parameter that is honoured, and what the others have to be. */
export const chatRequestSchema = z.strictObject({
  model: z.string().min(1).max(256),
  messages: z.array(messageSchema).min(1).max(4096),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.literal(false).optional() })
    .nullish(),
  reasoning_effort: effortSchema.nullish(),
  reasoning: z.strictObject({ effort: effortSchema.nullish() }).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  seed: z.int().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  response_format: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text") }),
      z.strictObject({ type: z.literal("json_object") }),
      z.strictObject({ type: z.literal("json_schema"), json_schema: namedSchemaSchema }),
    ])
    .nullish(),
  tools: z.array(z.never()).nullish(),
  tool_choice: z.enum(["none", "auto"]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  presence_penalty: z.literal(0).nullish(),
  frequency_penalty: z.literal(0).nullish(),
  logit_bias: z.strictObject({}).nullish(),
  logprobs: z.literal(false).nullish(),
  top_logprobs: z.literal(0).nullish(),
  modalities: z.array(z.literal("text")).nullish(),
  store: z.literal(false).nullish(),
  service_tier: z.enum(["auto", "default"]).nullish(),
  verbosity: z.literal("medium").nullish(),
  /** For the client's own books. */
  metadata: z.record(z.string(), z.string()).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  sojourn: sojournOptionsSchema.nullish(),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

/** The text of a message, its parts joined; empty where there is none. */
export function textOf(content: ChatRequest["messages"][number]["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => ("text" in part ? part.text : part.refusal)).join("");
}
