import { z } from "zod";
import type { FinishReason } from "../../thought/event.ts";
import type { RawSample } from "../backend.ts";
import { meanOf, readFinishReason } from "./chat-completion.ts";

const logprobsSchema = z
  .object({
    token_logprobs: z.array(z.number().nullable()).nullish(),
    top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
  })
  .nullish()
  .catch(undefined);

const choiceSchema = z.object({
  index: z.int().default(0),
  text: z.string(),
  finish_reason: z.string().nullish(),
  logprobs: logprobsSchema,
});

const usageSchema = z
  .object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative().nullish() })
  .nullish()
  .catch(undefined);

/** A reply of `/v1/completions`, or one piece of a streamed one. */
export const completionSchema = z.object({ choices: z.array(choiceSchema), usage: usageSchema });
export type Completion = z.infer<typeof completionSchema>;
/** One of a reply's texts. */
export type CompletionChoice = Completion["choices"][number];

/** The samples of a reply in the order of their index. */
export function samplesOf({ choices }: Completion): RawSample[] {
  return [...choices]
    .sort((left, right) => left.index - right.index)
    .map((choice) => ({
      text: choice.text,
      finishReason: finishOf(choice),
      meanLogprob: meanOf(logprobsOf(choice)),
    }));
}

/** The log-probabilities of a choice's tokens, as far as they came. */
export function logprobsOf({ logprobs }: CompletionChoice): number[] {
  return (logprobs?.token_logprobs ?? []).filter((value) => value !== null);
}

/** Why a choice ended. */
export function finishOf({ finish_reason }: CompletionChoice): FinishReason {
  return readFinishReason(finish_reason);
}
