import { z } from "zod";
import { effortSchema } from "../../strategies/effort.ts";

/** The body of every refusal. */
export const errorSchema = z.strictObject({
  error: z.strictObject({
    message: z.string(),
    type: z.enum([
      "invalid_request_error",
      "authentication_error",
      "permission_error",
      "rate_limit_error",
      "server_error",
    ]),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});

const count = z.int().nonnegative();

const ledgerSchema = z
  .strictObject({
    input_tokens: count,
    output_tokens: count,
    reasoning_tokens: count,
    estimated_output_tokens: count,
    calls: count,
    cost_usd: z.number().nonnegative().nullable(),
  })
  .describe("All calls of all models; what backends reported apart from what was estimated");

const outcomeSchema = z
  .strictObject({
    strategy: z.string(),
    effort: effortSchema,
    model: z.string(),
    stop_reason: z.enum(["answered", "budget", "no-answer"]),
    checked: z.boolean(),
    candidates: z.array(z.strictObject({ answer: z.string(), votes: count, score: z.number().optional() })),
    warnings: z.array(z.string()).optional(),
    run: z.string().optional(),
  })
  .describe("How the answer came about");

const chatUsageSchema = z.strictObject({
  prompt_tokens: count,
  completion_tokens: count.describe("Output of all calls, thinking included"),
  total_tokens: count,
  prompt_tokens_details: z.strictObject({ cached_tokens: count }),
  completion_tokens_details: z.strictObject({ reasoning_tokens: count }),
  sojourn: ledgerSchema,
});

const finishReasonSchema = z.enum(["stop", "length"]);

const chatHead = {
  id: z.string(),
  created: count,
  model: z.string(),
  system_fingerprint: z.null(),
  service_tier: z.literal("default"),
};

const thinking = {
  reasoning_content: z.string().optional(),
  reasoning: z.string().optional(),
};

/** A whole reply of `/v1/chat/completions`. */
export const chatCompletionSchema = z.strictObject({
  ...chatHead,
  object: z.literal("chat.completion"),
  choices: z.array(
    z.strictObject({
      index: count,
      message: z.strictObject({
        role: z.literal("assistant"),
        ...thinking,
        content: z.string(),
        refusal: z.null(),
      }),
      logprobs: z.null(),
      finish_reason: finishReasonSchema,
      sojourn: outcomeSchema,
    }),
  ),
  usage: chatUsageSchema,
});

/** One event of a streamed reply of `/v1/chat/completions`. */
export const chatChunkSchema = z.strictObject({
  ...chatHead,
  object: z.literal("chat.completion.chunk"),
  choices: z.array(
    z.strictObject({
      index: count,
      delta: z.strictObject({
        role: z.literal("assistant").optional(),
        ...thinking,
        content: z.string().optional(),
        sojourn: z
          .strictObject({ node: z.string(), parent: z.string() })
          .optional()
          .describe("The place of a step in the reasoning tree"),
      }),
      logprobs: z.null(),
      finish_reason: finishReasonSchema.nullable(),
      sojourn: outcomeSchema.optional(),
    }),
  ),
  usage: chatUsageSchema.nullable().optional(),
});

const summaryPartSchema = z.strictObject({ type: z.literal("summary_text"), text: z.string() });
const itemStatusSchema = z.enum(["in_progress", "completed", "incomplete"]);

/** An item of a response: its thinking, or its answer. */
export const responseItemSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("reasoning"),
    id: z.string(),
    status: itemStatusSchema,
    summary: z.array(summaryPartSchema),
    encrypted_content: z.null(),
  }),
  z.strictObject({
    type: z.literal("message"),
    id: z.string(),
    status: itemStatusSchema,
    role: z.literal("assistant"),
    content: z.array(
      z.strictObject({
        type: z.literal("output_text"),
        text: z.string(),
        annotations: z.array(z.never()),
        logprobs: z.array(z.never()),
      }),
    ),
  }),
]);

/** A whole reply of `/v1/responses`, and what its stream says of the response as it stands. */
export const responseSchema = z.strictObject({
  id: z.string(),
  object: z.literal("response"),
  created_at: count,
  status: z.enum(["in_progress", "completed", "incomplete", "failed"]),
  model: z.string(),
  output: z.array(responseItemSchema),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.strictObject({ reason: z.literal("max_output_tokens") }).nullable(),
  instructions: z.string().nullable(),
  max_output_tokens: count.nullable(),
  metadata: z.record(z.string(), z.string()),
  parallel_tool_calls: z.boolean(),
  previous_response_id: z.null(),
  reasoning: z.strictObject({ effort: effortSchema.nullable(), summary: z.string().nullable() }),
  service_tier: z.literal("default"),
  store: z.literal(false),
  temperature: z.number().nullable(),
  text: z.strictObject({
    format: z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) }),
    verbosity: z.literal("medium"),
  }),
  tool_choice: z.enum(["none", "auto"]),
  tools: z.array(z.never()),
  top_p: z.number(),
  truncation: z.literal("disabled"),
  background: z.literal(false),
  user: z.string().nullable(),
  usage: z
    .strictObject({
      input_tokens: count,
      input_tokens_details: z.strictObject({ cached_tokens: count }),
      output_tokens: count,
      output_tokens_details: z.strictObject({ reasoning_tokens: count }),
      total_tokens: count,
      sojourn: ledgerSchema,
    })
    .nullable(),
  sojourn: outcomeSchema.optional(),
});

/** An entry of `/v1/models`. */
export const modelSchema = z.strictObject({
  id: z.string(),
  object: z.literal("model"),
  created: count,
  owned_by: z.string(),
  description: z.string(),
});
