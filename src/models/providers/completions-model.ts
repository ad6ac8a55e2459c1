import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3FinishReason,
  type LanguageModelV3StreamPart,
  type LanguageModelV3Usage,
} from "@ai-sdk/provider";
import { z } from "zod";
import { type ChatTemplate, PLAIN_END, promptText } from "../chat-template.ts";
import { defined } from "../defined.ts";
import { BrokenReplyError } from "../failures.ts";
import { postJson, readServerEvents } from "../post-json.ts";
import { meanOf } from "./chat-completion.ts";
import { type Completion, completionSchema, finishOf, logprobsOf, samplesOf } from "./text-completion.ts";

/** What a request asks beside the settings of the AI SDK, under `providerOptions.completions`. */
const askSchema = z.object({
  n: z.int().positive().default(1),
  logprobs: z.boolean().default(false),
  /** Whether the model may reason before its answer; only the plain form of a prompt makes a difference. */
  steps: z.boolean().default(true),
});

/** Where raw completions come from. */
export interface CompletionsModelOptions {
  model: string;
  /** The API's address, version included. */
  baseUrl: string;
  key?: string | undefined;
  /** How a conversation becomes a text; undefined for the plain form of our own. */
  template?: ChatTemplate | undefined;
}

/**
 * A model behind `/v1/completions`, which continues a text as it stands (specification V3 of the AI SDK). The conversation
 * is written out by a chat template, or in a plain form; a trailing assistant message is the beginning of the reply. All
 * samples of a reply are in `providerMetadata.completions.samples`.
 */
export function completionsModel({
  model,
  baseUrl,
  key,
  template,
}: CompletionsModelOptions): LanguageModelV3 {
  const url = `${baseUrl}/completions`;

  function bodyOf(options: LanguageModelV3CallOptions): object {
    const { n, logprobs, steps } = askSchema.parse(options.providerOptions?.["completions"] ?? {});
    const stop = [...(options.stopSequences ?? []), ...(template === undefined ? [PLAIN_END] : [])];
    return {
      model,
      prompt: promptText(options.prompt, template, { steps }),
      ...defined({
        max_tokens: options.maxOutputTokens,
        temperature: options.temperature,
        top_p: options.topP,
        seed: options.seed,
        stop: stop.length === 0 ? undefined : stop,
        n: n > 1 ? n : undefined,
        logprobs: logprobs ? 1 : undefined,
      }),
    };
  }

  return {
    specificationVersion: "v3",
    provider: "completions",
    modelId: model,
    supportedUrls: {},

    async doGenerate(options) {
      const response = await postJson({ url, key, signal: options.abortSignal }, bodyOf(options));
      const completion = readCompletion(await response.text());
      const samples = samplesOf(completion);
      const [first] = samples;
      return {
        content: [{ type: "text", text: first?.text ?? "" }],
        finishReason: { unified: first?.finishReason ?? "other", raw: undefined },
        usage: usageOf(completion),
        providerMetadata: { completions: { samples: samples.map((sample) => ({ ...defined(sample) })) } },
        warnings: [],
      };
    },

    async doStream(options) {
      const body = { ...bodyOf(options), stream: true, stream_options: { include_usage: true } };
      const response = await postJson({ url, key, signal: options.abortSignal }, body);
      const parts = streamParts(response);
      return {
        stream: new ReadableStream<LanguageModelV3StreamPart>({
          async pull(controller) {
            try {
              const { done, value } = await parts.next();
              if (done) controller.close();
              else controller.enqueue(value);
            } catch (error) {
              controller.error(error);
            }
          },
          async cancel() {
            await parts.return(undefined);
          },
        }),
      };
    },
  };
}

async function* streamParts(response: Response): AsyncGenerator<LanguageModelV3StreamPart, undefined> {
  yield { type: "stream-start", warnings: [] };
  yield { type: "text-start", id: "text" };
  const logprobs: number[] = [];
  let finishReason: LanguageModelV3FinishReason | undefined;
  let usage: Completion["usage"];
  for await (const data of readServerEvents(response)) {
    if (data === "[DONE]") break;
    const piece = readCompletion(data);
    usage = piece.usage ?? usage;
    for (const choice of piece.choices) {
      logprobs.push(...logprobsOf(choice));
      if (choice.text !== "") yield { type: "text-delta", id: "text", delta: choice.text };
      const { finish_reason: raw } = choice;
      if (raw !== null && raw !== undefined) finishReason = { unified: finishOf(choice), raw };
    }
  }
  if (finishReason === undefined) {
    throw new BrokenReplyError("cut", "the stream ended before the reply was finished", usage?.prompt_tokens);
  }
  yield { type: "text-end", id: "text" };
  const meanLogprob = meanOf(logprobs);
  yield {
    type: "finish",
    finishReason,
    usage: usageOf({ usage }),
    providerMetadata: { completions: { ...defined({ meanLogprob }) } },
  };
}

const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** Throws the server's own word where a reply (or a piece of it) is an error, and BrokenReplyError for anything else. */
function readCompletion(text: string): Completion {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BrokenReplyError("garbled", `not JSON: ${text.slice(0, 80)}`);
  }
  const parsed = completionSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const failed = errorSchema.safeParse(body);
  if (!failed.success) throw new BrokenReplyError("garbled", "no choices with a text");
  const { error } = failed.data;
  const message = typeof error === "string" ? error : error.message;
  throw new APICallError({ message, url: "", requestBodyValues: {} });
}

function usageOf({ usage }: Pick<Completion, "usage">): LanguageModelV3Usage {
  const input = usage?.prompt_tokens;
  const output = usage?.completion_tokens ?? undefined;
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  };
}
