import { randomBytes } from "node:crypto";
import type { ServerContext } from "../context.ts";
import { invalidBody, toApiError } from "./api-error.ts";
import { type Asked, readParameters } from "./asked.ts";
import { ChatChunks, type ChatEnvelope, chatCompletion } from "./chat-body.ts";
import { type ChatRequest, chatRequestSchema, textOf, UNSUPPORTED_IN_CHAT } from "./chat-request.ts";
import { readConversation } from "./conversation.ts";
import { type Exchange, thinkChoices } from "./exchange.ts";
import { streamed } from "./streamed.ts";

/**
 * Answers a request to `/v1/chat/completions`. Throws an ApiError, or what `thinkThrough` throws, as long as nothing has
 * been sent; what goes wrong in the middle of a stream is its last event.
 */
export async function chat(body: unknown, exchange: Exchange): Promise<Response> {
  const { context } = exchange;
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) throw invalidBody(parsed.error, UNSUPPORTED_IN_CHAT);
  const request = parsed.data;
  const asked = readParameters(parametersOf(request, context), context);
  const envelope: ChatEnvelope = {
    id: `chatcmpl-${randomBytes(12).toString("hex")}`,
    created: Math.floor(context.clock() / 1000),
    model: request.model,
    field: request.sojourn?.reasoning_field ?? context.serving.reasoningField,
  };
  return request.stream === true
    ? stream(asked, envelope, request.stream_options?.include_usage === true, exchange)
    : whole(asked, envelope, exchange);
}

function parametersOf(request: ChatRequest, { serving }: ServerContext) {
  const { model, temperature, top_p: topP, seed, n, stop, sojourn, response_format: format } = request;
  const messages = request.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  return {
    ...{ model, temperature, topP, seed, stop, choices: n, options: sojourn },
    ...(format?.type === "json_object" && { form: { param: "response_format" } }),
    ...(format?.type === "json_schema" && {
      form: { schema: format.json_schema.schema, param: "response_format.json_schema.schema" },
    }),
    question: readConversation(messages, "messages"),
    effort: request.reasoning_effort ?? request.reasoning?.effort,
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens,
    reasoning: sojourn?.reasoning ?? serving.reasoning,
  };
}

async function whole(asked: Asked, envelope: ChatEnvelope, exchange: Exchange): Promise<Response> {
  const reasoning = Array.from({ length: asked.choices }, () => "");
  const { outcomes, usage } = await thinkChoices(asked, exchange, {
    streams: false,
    tell: (index, { kind, text }) => {
      if (kind === "reasoning") reasoning[index] += text;
    },
  });
  const choices = outcomes.map((outcome, index) => ({
    outcome,
    reasoning: reasoning[index]?.trimEnd() ?? "",
  }));
  return Response.json(chatCompletion(envelope, choices, usage));
}

function stream(
  asked: Asked,
  envelope: ChatEnvelope,
  includeUsage: boolean,
  exchange: Exchange,
): Promise<Response> {
  return streamed(async (events, left) => {
    const chunks = new ChatChunks(envelope, includeUsage);
    let begun = false;
    const begin = (): void => {
      if (begun) return;
      begun = true;
      for (let index = 0; index < asked.choices; index++) events.send(chunks.begin(index));
    };
    void events.begun.then(begin);
    try {
      const { usage } = await thinkChoices(asked, exchange, {
        streams: true,
        left,
        tell(index, piece) {
          begin();
          events.send(chunks.piece(index, piece));
        },
        done(index, outcome) {
          begin();
          events.send(chunks.finish(index, outcome));
        },
      });
      if (includeUsage) events.send(chunks.usage(usage));
      events.send("[DONE]");
    } catch (error) {
      if (!events.started) throw error;
      events.send(JSON.stringify(toApiError(error).body));
    }
  });
}
