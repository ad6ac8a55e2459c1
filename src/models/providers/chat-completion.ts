import { z } from "zod";
import type { FinishReason } from "../../thought/event.ts";
import type { RawSample } from "../backend.ts";

const logprobsSchema = z.object({ content: z.array(z.object({ logprob: z.number() })).nullish() }).nullish();

const choiceSchema = z.object({
  index: z.int().optional(),
  message: z.object({
    content: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
  }),
  finish_reason: z.string().nullish(),
  logprobs: logprobsSchema.catch(undefined),
});
const bodySchema = z.object({ choices: z.array(choiceSchema).min(1) });
const chunkSchema = z.object({ choices: z.array(z.object({ logprobs: logprobsSchema })) });

/**
 * All choices of a chat completion in the order of their index; the AI SDK keeps the first alone. Undefined where
 * the body has another form, such as content in parts.
 */
export function readChoices(body: unknown): RawSample[] | undefined {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return undefined;
  const choices = [...parsed.data.choices].sort((left, right) => (left.index ?? 0) - (right.index ?? 0));
  return choices.map(({ message, finish_reason, logprobs }) => ({
    text: message.content ?? "",
    // Servers disagree on the name; an empty text stands for none.
    reasoning: message.reasoning_content || message.reasoning || undefined,
    finishReason: readFinishReason(finish_reason),
    meanLogprob: meanOf(logprobs?.content?.map(({ logprob }) => logprob)),
  }));
}

/** The log-probabilities that one chunk of a stream brings. */
export function readChunkLogprobs(chunk: unknown): number[] {
  const parsed = chunkSchema.safeParse(chunk);
  return parsed.success
    ? (parsed.data.choices[0]?.logprobs?.content?.map(({ logprob }) => logprob) ?? [])
    : [];
}

/** The mean of some log-probabilities; undefined for none. */
export function meanOf(values: readonly number[] | undefined): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Why a choice ended, in the words of the AI SDK. */
export function readFinishReason(reason: string | null | undefined): FinishReason {
  switch (reason) {
    case "stop":
    case "length":
      return reason;
    case "content_filter":
      return "content-filter";
    case "tool_calls":
    case "function_call":
      return "tool-calls";
    default:
      return "other";
  }
}
