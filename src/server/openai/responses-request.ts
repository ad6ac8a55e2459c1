import { z } from "zod";
import { effortSchema } from "../../strategies/effort.ts";
import { namedSchemaSchema } from "./answer-form.ts";
import type { Message } from "./conversation.ts";
import { sojournOptionsSchema } from "./sojourn-options.ts";

const partSchema = z.union(
  [
    z.looseObject({ type: z.enum(["input_text", "output_text"]), text: z.string() }),
    z.looseObject({ type: z.literal("refusal"), refusal: z.string() }),
  ],
  { error: "a part has to be input_text, output_text or refusal; strategies think about text alone" },
);

const messageItemSchema = z.looseObject({
  type: z.literal("message").optional(),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content: z.union([z.string(), z.array(partSchema)]),
});
/** Thinking that a client sends back. */
const reasoningItemSchema = z.looseObject({ type: z.literal("reasoning") });

const itemSchema = z.union([reasoningItemSchema, messageItemSchema], {
  error: "an item has to be a message of text, or reasoning; strategies call no tools and nothing is stored",
});

/** Parameters of the API that hold one value here, and why. */
export const UNSUPPORTED_IN_RESPONSES: Readonly<Record<string, string>> = {
  tools: "strategies call no tools; give the tools to a model without a strategy",
  tool_choice: "strategies call no tools",
  max_tool_calls: "strategies call no tools",
  top_logprobs: "an answer that several calls have come to has no log-probabilities",
  include: "there is nothing more to include than reasoning.encrypted_content, which is empty",
  previous_response_id: "responses are not stored; send the earlier turns as input",
  conversation: "conversations are not stored; send the earlier turns as input",
  prompt: "prompts are not stored; send the text",
  store: "responses are not stored; the operator may record runs",
  background: "responses are not stored; keep the connection",
  truncation: "nothing is left out of a conversation",
  service_tier: "there is one tier",
};

/** A request to `/v1/responses`: every parameter that is honoured, and what the others have to be. */
export const responsesRequestSchema = z.strictObject({
  model: z.string().min(1).max(256),
  input: z.union([z.string(), z.array(itemSchema).min(1).max(4096)], {
    error: "a text is needed, or a list of messages of text and reasoning",
  }),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_obfuscation: z.literal(false).optional() }).nullish(),
  reasoning: z
    .strictObject({
      effort: effortSchema.nullish(),
      summary: z.enum(["auto", "concise", "detailed"]).nullish(),
    })
    .nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  text: z
    .strictObject({
      format: z
        .discriminatedUnion("type", [
          z.strictObject({ type: z.literal("text") }),
          z.strictObject({ type: z.literal("json_object") }),
          namedSchemaSchema.extend({ type: z.literal("json_schema") }),
        ])
        .nullish(),
      verbosity: z
        .literal("medium", { error: "medium alone; say in the question how long the answer shall be" })
        .nullish(),
    })
    .nullish(),
  tools: z.array(z.never()).nullish(),
  tool_choice: z.enum(["none", "auto"]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_tool_calls: z.null().optional(),
  top_logprobs: z.literal(0).nullish(),
  /** There is nothing to encrypt: thinking that is sent back is not read. */
  include: z.array(z.literal("reasoning.encrypted_content")).nullish(),
  previous_response_id: z.null().optional(),
  conversation: z.null().optional(),
  prompt: z.null().optional(),
  store: z.literal(false).nullish(),
  background: z.literal(false).nullish(),
  truncation: z.literal("disabled").nullish(),
  service_tier: z.enum(["auto", "default"]).nullish(),
  /** For the client's own books; it comes back with the response. */
  metadata: z.record(z.string(), z.string()).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  sojourn: sojournOptionsSchema.nullish(),
});
export type ResponsesRequest = z.infer<typeof responsesRequestSchema>;

/** The messages of a request, its instructions first. */
export function messagesOf({ instructions, input }: ResponsesRequest): Message[] {
  const system: Message[] = instructions == null ? [] : [{ role: "system", content: instructions }];
  if (typeof input === "string") return [...system, { role: "user", content: input }];
  const messages = input.flatMap((item): Message | [] => {
    const message = messageItemSchema.safeParse(item);
    if (!message.success) return [];
    const { role, content } = message.data;
    return { role, content: typeof content === "string" ? content : content.map(textOfPart).join("") };
  });
  return [...system, ...messages];
}

function textOfPart(part: z.infer<typeof partSchema>): string {
  return part.type === "refusal" ? part.refusal : part.text;
}
