import type { ReasoningMode } from "../serving.ts";
import { invalidBody, toApiError } from "./api-error.ts";
import { type Asked, readParameters } from "./asked.ts";
import { readConversation } from "./conversation.ts";
import { type Exchange, thinkChoices } from "./exchange.ts";
import { newId, ResponseEvents } from "./response-events.ts";
import { messageItem, type ResponseEnvelope, reasoningItem, responseBody } from "./responses-body.ts";
import {
  messagesOf,
  type ResponsesRequest,
  responsesRequestSchema,
  UNSUPPORTED_IN_RESPONSES,
} from "./responses-request.ts";
import { streamed } from "./streamed.ts";

/**
 * Answers a request to `/v1/responses`. Throws an ApiError, or what `thinkThrough` throws, as long as nothing has been
 * sent; what goes wrong in the middle of a stream is its last event.
 */
export async function responses(body: unknown, exchange: Exchange): Promise<Response> {
  const { context } = exchange;
  const parsed = responsesRequestSchema.safeParse(body);
  if (!parsed.success) throw invalidBody(parsed.error, UNSUPPORTED_IN_RESPONSES);
  const request = parsed.data;
  const { model, temperature, top_p: topP, sojourn, text } = request;
  const format = text?.format;
  const asked = readParameters(
    {
      ...{ model, temperature, topP, options: sojourn },
      ...(format?.type === "json_object" && { form: { param: "text.format" } }),
      ...(format?.type === "json_schema" && { form: { schema: format.schema, param: "text.format.schema" } }),
      question: readConversation(messagesOf(request), "input"),
      effort: request.reasoning?.effort,
      maxOutputTokens: request.max_output_tokens,
      reasoning: sojourn?.reasoning ?? reasoningOf(request),
    },
    context,
  );
  const created = Math.floor(context.clock() / 1000);
  const envelope: ResponseEnvelope = { id: newId("resp"), created, request };
  return request.stream === true ? stream(asked, envelope, exchange) : whole(asked, envelope, exchange);
}

/** As in the API: nothing of the thinking is shown unless a summary is asked for. */
function reasoningOf({ reasoning }: ResponsesRequest): ReasoningMode {
  if (reasoning?.summary == null) return "hidden";
  return reasoning.summary === "concise" ? "summary" : "visible";
}

/** Whether there is thinking to tell of, shown or hidden: the bare question to a model has none of ours. */
function thinksOf({ live }: Asked): boolean {
  return live !== "answer";
}

async function whole(asked: Asked, envelope: ResponseEnvelope, exchange: Exchange): Promise<Response> {
  const parts: string[] = [];
  let open = false;
  const { outcomes, usage } = await thinkChoices(asked, exchange, {
    streams: false,
    tell(_, { kind, text, endsStage }) {
      if (kind === "answer") return;
      parts.push(open ? (parts.pop() ?? "") + text : text);
      open = endsStage !== true;
    },
  });
  const [outcome] = outcomes;
  if (outcome === undefined) throw new RangeError("a response has one choice");
  const status = outcome.finishReason === "length" ? "incomplete" : "completed";
  const thought = parts.length > 0 || thinksOf(asked);
  const output = [
    ...(thought
      ? [
          reasoningItem(
            newId("rs"),
            parts.map((part) => part.trimEnd()),
          ),
        ]
      : []),
    messageItem(newId("msg"), outcome.answer, status),
  ];
  return Response.json(responseBody(envelope, { status, output, usage, outcome }));
}

function stream(asked: Asked, envelope: ResponseEnvelope, exchange: Exchange): Promise<Response> {
  return streamed(async (events, left) => {
    const told = new ResponseEvents(envelope, { thinks: thinksOf(asked) }, (type, data) =>
      events.send(data, type),
    );
    const begin = (): void => told.begin();
    void events.begun.then(begin);
    try {
      const { outcomes, usage } = await thinkChoices(asked, exchange, {
        streams: true,
        left,
        tell: (_, piece) => told.piece(piece),
      });
      const [outcome] = outcomes;
      if (outcome !== undefined) told.finish(outcome, usage);
    } catch (error) {
      if (!events.started) throw error;
      told.fail(toApiError(error));
    }
  });
}
