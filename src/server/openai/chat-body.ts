import type { ReasoningField } from "../serving.ts";
import type { Piece } from "./narration.ts";
import type { Outcome } from "./think-choice.ts";
import { ledgerBody, type RequestUsage } from "./usage.ts";

/** What every part of one chat completion has in common. */
export interface ChatEnvelope {
  id: string;
  /** Seconds since the epoch. */
  created: number;
  /** The model's name as the client wrote it. */
  model: string;
  /** Where thinking stands. */
  field: ReasoningField;
}

/** A whole chat completion. */
export function chatCompletion(
  envelope: ChatEnvelope,
  choices: readonly { outcome: Outcome; reasoning: string }[],
  usage: RequestUsage,
) {
  return {
    ...head(envelope, "chat.completion"),
    choices: choices.map(({ outcome, reasoning }, index) => ({
      index,
      message: { role: "assistant", ...messageOf(envelope.field, reasoning, outcome.answer), refusal: null },
      logprobs: null,
      finish_reason: outcome.finishReason,
      sojourn: outcomeBody(outcome),
    })),
    usage: chatUsage(usage),
  };
}

function messageOf(field: ReasoningField, reasoning: string, answer: string) {
  if (reasoning === "") return { content: answer };
  if (field === "think") return { content: `<think>\n${reasoning}\n</think>\n\n${answer}` };
  return { [field]: reasoning, content: answer };
}

/** Makes the chunks of a streamed chat completion. */
export class ChatChunks {
  readonly #envelope: ChatEnvelope;
  /** Which choices are within a think tag. */
  readonly #thinking = new Set<number>();
  readonly #usage: { usage?: null };

  /** @param includeUsage whether a last chunk with the usage follows: then the others say that they have none */
  constructor(envelope: ChatEnvelope, includeUsage: boolean) {
    this.#envelope = envelope;
    this.#usage = includeUsage ? { usage: null } : {};
  }

  /** The first chunk of a choice. */
  begin(index: number): string {
    return this.#chunk(index, { role: "assistant", content: "" });
  }

  /** A piece of thinking, with its place in the tree where it is a step, or of the answer. */
  piece(index: number, { kind, text, place }: Piece): string {
    const { field } = this.#envelope;
    const placed = place === undefined ? {} : { sojourn: place };
    if (kind === "answer") return this.#chunk(index, { content: this.#closing(index) + text });
    if (field !== "think") return this.#chunk(index, { [field]: text, ...placed });
    const opening = this.#thinking.has(index) ? "" : "<think>\n";
    this.#thinking.add(index);
    return this.#chunk(index, { content: opening + text, ...placed });
  }

  /** The last chunk of a choice. */
  finish(index: number, outcome: Outcome): string {
    const rest = this.#closing(index);
    return this.#chunk(index, rest === "" ? {} : { content: rest }, {
      finish_reason: outcome.finishReason,
      sojourn: outcomeBody(outcome),
    });
  }

  /** The chunk behind all choices that says what they cost. */
  usage(usage: RequestUsage): string {
    return JSON.stringify({
      ...head(this.#envelope, "chat.completion.chunk"),
      choices: [],
      usage: chatUsage(usage),
    });
  }

  #closing(index: number): string {
    return this.#thinking.delete(index) ? "\n</think>\n\n" : "";
  }

  #chunk(index: number, delta: object, end: object = { finish_reason: null }): string {
    const choice = { index, delta, logprobs: null, ...end };
    return JSON.stringify({
      ...head(this.#envelope, "chat.completion.chunk"),
      choices: [choice],
      ...this.#usage,
    });
  }
}

function head({ id, created, model }: ChatEnvelope, object: string) {
  return { id, object, created, model, system_fingerprint: null, service_tier: "default" };
}

function chatUsage(usage: RequestUsage) {
  const { input, output, reasoning } = usage;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning },
    sojourn: ledgerBody(usage),
  };
}

/** How an answer came about, for the extension `sojourn` of a reply. */
export function outcomeBody({
  strategy,
  effort,
  model,
  stopReason,
  checked,
  candidates,
  warnings,
  run,
}: Outcome) {
  return {
    ...{ strategy, effort, model, stop_reason: stopReason, checked, candidates },
    ...(warnings.length > 0 && { warnings }),
    ...(run !== undefined && { run }),
  };
}
