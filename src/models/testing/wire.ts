import { type Choice, piecesOf, type ReasoningForm, type TokenCount } from "./generation.ts";
import type { EndpointRequest } from "./request.ts";

/** Usage as it goes over the wire. */
interface WireUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  completion_tokens_details?: { reasoning_tokens: number };
}

/** What a reply says of itself beside its choices. */
export interface Envelope {
  request: EndpointRequest;
  /** The name of the field of thinking. */
  form: ReasoningForm;
  /** Undefined for a reply that reports none. */
  usage: TokenCount | undefined;
}

/** The body of a whole reply, and where the text of its last choice begins and ends in it. */
export function wholeBody(
  { request, form, usage }: Envelope,
  choices: readonly Choice[],
): { body: string; textEnd: number } {
  const chat = request.api === "chat";
  // What can be cut, the text of the last choice, stands last in it.
  const tail =
    (chat ? '"}}]' : '"}]') +
    (usage === undefined ? "" : `,"usage":${JSON.stringify(wireUsage(usage))}`) +
    "}";
  const body = JSON.stringify({
    ...header(request, chat ? "chat.completion" : "text_completion"),
    choices: choices.map((choice) => {
      const { index, content, reasoning, finishReason } = choice;
      const logprobs = logprobsOf(request, choice, content);
      const rest = { index, finish_reason: finishReason, ...(logprobs && { logprobs }) };
      if (!chat) return { ...rest, text: content };
      const thinking = reasoning === "" ? {} : { [fieldOf(form)]: reasoning };
      return { ...rest, message: { role: "assistant", ...thinking, content } };
    }),
    ...(usage !== undefined && { usage: wireUsage(usage) }),
  });
  return { body, textEnd: body.length - tail.length };
}

/** The length of a text inside a JSON string. */
export function escapedLength(text: string): number {
  return JSON.stringify(text).length - 2;
}

/** One event of a stream, and the text that it brings. */
export interface StreamEvent {
  data: string;
  choice: number;
  content: string;
  reasoning: string;
}

/** The events of a streamed reply up to the last choice's end, a piece each. */
export function* streamEvents(
  { request, form, usage: _usage }: Envelope,
  choices: readonly Choice[],
): Generator<StreamEvent> {
  const chat = request.api === "chat";
  const event = (choice: number, part: object, finish: string | null, brings = {}): StreamEvent => ({
    ...{ choice, content: "", reasoning: "", ...brings },
    data: chunk(request, [
      {
        index: choice,
        finish_reason: finish,
        ...(chat && { delta: {} }),
        ...(!chat && { text: "" }),
        ...part,
      },
    ]),
  });
  for (const choice of choices) {
    const { index, content, reasoning, finishReason } = choice;
    if (chat) yield event(index, { delta: { role: "assistant", content: "" } }, null);
    if (chat)
      for (const piece of piecesOf(reasoning))
        yield event(index, { delta: { [fieldOf(form)]: piece } }, null, { reasoning: piece });
    for (const piece of piecesOf(content)) {
      const logprobs = logprobsOf(request, choice, piece);
      const part = {
        ...(chat ? { delta: { content: piece } } : { text: piece }),
        ...(logprobs && { logprobs }),
      };
      yield event(index, part, null, { content: piece });
    }
    yield event(index, {}, finishReason);
  }
}

/** The last event of a stream whose client asked for usage. */
export function usageEvent(request: EndpointRequest, usage: TokenCount): string {
  return chunk(request, [], wireUsage(usage));
}

/** A reply that says what is wrong, in the usual form. */
export function errorBody(message: string): string {
  return JSON.stringify({ error: { message, type: "endpoint_error", param: null, code: null } });
}

function chunk(request: EndpointRequest, choices: readonly object[], usage: WireUsage | null = null): string {
  const object = request.api === "chat" ? "chat.completion.chunk" : "text_completion";
  return JSON.stringify({ ...header(request, object), choices, usage });
}

function header(request: EndpointRequest, object: string): object {
  return { id: `reply-${request.number}`, object, created: 1_700_000_000, model: request.body.model };
}

function wireUsage({ prompt, completion, reasoning }: TokenCount): WireUsage {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(reasoning > 0 && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}

function fieldOf(form: ReasoningForm): string {
  return form === "reasoning" ? "reasoning" : "reasoning_content";
}

/** Every word of a text with the choice's mean log-probability, where the client asked for them. */
function logprobsOf(request: EndpointRequest, { meanLogprob }: Choice, text: string): object | undefined {
  if (!request.body.logprobs || meanLogprob === undefined) return undefined;
  return { content: piecesOf(text).map((token) => ({ token, logprob: meanLogprob })) };
}
