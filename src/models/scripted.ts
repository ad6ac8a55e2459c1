import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3GenerateResult,
  type LanguageModelV3StreamPart,
  type LanguageModelV3Usage,
} from "@ai-sdk/provider";
import { z } from "zod";
import { finishReasonSchema } from "../thought/event.ts";
import { type Backend, createBackend, type RawSample } from "./backend.ts";
import type { ModelTraits, Prompt } from "./client.ts";
import { Limiter } from "./limiter.ts";
import { FREE } from "./prices.ts";
import { sleep } from "./retry.ts";

/** What a script answers: the text, or the text and what came with it. */
export type ScriptedReply =
  | string
  | { text: string; reasoning?: string; meanLogprob?: number; choices?: Record<string, number> };

/** What a request may be made to suffer. */
export type ScriptedFault = "rate-limit" | "server-error" | "cut" | "no-usage" | "one-sample";

/** A model that says what a function tells it to. */
export interface ScriptedSettings {
  /** Default `scripted`. */
  name?: string;
  /**
   * The reply to a prompt. It should depend on its arguments alone, so that a run can be repeated.
   *
   * @param sample the sample's index, which is part of its call's key
   * @param seed the sample's own seed
   */
  reply: (prompt: Prompt, sample: number, seed: number) => ScriptedReply;
  /** Milliseconds until a reply comes; a stream spreads its words over them. Default 0. */
  delayMs?: number;
  /** The fault of the request with this number, from 0. Default none. */
  fault?: (request: number) => ScriptedFault | undefined;
}

/** What a scripted model is besides its script. */
export interface ScriptedBackendSettings extends ScriptedSettings {
  traits?: Partial<Omit<ModelTraits, "name">>;
  /** Default 64. */
  inFlight?: number;
  /** Most samples of one request. Default 64. */
  samplesPerRequest?: number;
}

const askSchema = z.object({ samples: z.array(z.object({ index: z.int(), seed: z.int() })).min(1) });
const sampleSchema = z.object({
  text: z.string(),
  reasoning: z.string().optional(),
  finishReason: finishReasonSchema,
  meanLogprob: z.number().optional(),
  choices: z.record(z.string(), z.number()).optional(),
});
const metadataSchema = z.object({ scripted: z.object({ samples: z.array(sampleSchema) }) });

/**
 * A language model whose replies are given by a function: for tests, examples and trying things out without a
 * model. It keeps to maxOutputTokens (a token is a word) and to stop texts, brings n samples a request, streams,
 * and can be made to fail.
 */
export function scriptedModel(settings: ScriptedSettings): LanguageModelV3 {
  const { name = "scripted", reply, delayMs = 0, fault = () => undefined } = settings;
  let requests = 0;

  function answer(options: LanguageModelV3CallOptions, most: number): RawSample[] {
    const asked = askSchema.safeParse(options.providerOptions?.scripted);
    const samples = asked.success ? asked.data.samples : [{ index: 0, seed: options.seed ?? 0 }];
    const prompt = readPrompt(options);
    return samples.slice(0, most).map(({ index, seed }) => {
      const said = reply(prompt, index, seed);
      return limit(typeof said === "string" ? { text: said } : said, options);
    });
  }

  return {
    specificationVersion: "v3",
    provider: "scripted",
    modelId: name,
    supportedUrls: {},

    async doGenerate(options): Promise<LanguageModelV3GenerateResult> {
      const suffers = fault(requests++);
      if (delayMs > 0) await sleep(delayMs, options.abortSignal ?? new AbortController().signal);
      fail(suffers);
      if (suffers === "cut") throw cutError();
      const samples = answer(options, suffers === "one-sample" ? 1 : Number.POSITIVE_INFINITY);
      const [first] = samples;
      return {
        content: [
          ...(first?.reasoning === undefined ? [] : [{ type: "reasoning", text: first.reasoning } as const]),
          { type: "text", text: first?.text ?? "" },
        ],
        finishReason: { unified: first?.finishReason ?? "other", raw: undefined },
        usage: suffers === "no-usage" ? NO_USAGE : usageOf(options, samples),
        providerMetadata: { scripted: { samples: samples.map((sample) => ({ ...sample })) } },
        warnings: [],
      };
    },

    async doStream(options) {
      const suffers = fault(requests++);
      fail(suffers);
      const [sample = { text: "", finishReason: "other" }] = answer(options, 1);
      const parts = streamParts(sample, suffers === "no-usage" ? NO_USAGE : usageOf(options, [sample]));
      const end = suffers === "cut" ? Math.ceil(parts.length / 2) : parts.length;
      const signal = options.abortSignal ?? new AbortController().signal;
      let next = 0;
      return {
        stream: new ReadableStream<LanguageModelV3StreamPart>({
          async pull(controller) {
            if (delayMs > 0) await sleep(delayMs / parts.length, signal);
            signal.throwIfAborted();
            const part = next < end ? parts[next] : undefined;
            next++;
            if (part !== undefined) controller.enqueue(part);
            else if (suffers === "cut") controller.error(cutError());
            else controller.close();
          },
        }),
      };
    },
  };
}

/** A scripted model as the client takes it: free, deterministic, told in the order asked. */
export function scriptedBackend(settings: ScriptedBackendSettings): Backend {
  const { name = "scripted", traits, inFlight = 64, samplesPerRequest = 64 } = settings;
  return createBackend({
    traits: { name, followsInstructions: true, prefill: "reply", logprobs: false, ...traits },
    order: "asked",
    price: FREE,
    limiter: new Limiter({ inFlight }),
    tokens: "exact",
    samplesPerRequest,
    load: async () => scriptedModel(settings),
    options: ({ samples }) => ({
      providerOptions: { scripted: { samples: samples.map((one) => ({ ...one })) } },
    }),
    read: ({ providerMetadata }) => metadataSchema.parse(providerMetadata).scripted.samples,
    readStreamEnd: (metadata) => metadataSchema.parse(metadata).scripted.samples[0]?.meanLogprob,
  });
}

const NO_USAGE: LanguageModelV3Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

/** A token is a word with the space before it. */
function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function limit(
  { text, reasoning, meanLogprob, choices }: Exclude<ScriptedReply, string>,
  options: LanguageModelV3CallOptions,
): RawSample {
  const most = options.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  const thought = words(reasoning ?? "");
  const said = words(text);
  const kept = said.slice(0, Math.max(0, most - thought.length)).join("");
  const ends = (options.stopSequences ?? []).map((stop) => kept.indexOf(stop)).filter((at) => at !== -1);
  const stopped = ends.length > 0;
  return {
    text: stopped ? kept.slice(0, Math.min(...ends)) : kept,
    ...(reasoning === undefined ? {} : { reasoning: thought.slice(0, most).join("") }),
    ...(meanLogprob === undefined ? {} : { meanLogprob }),
    ...(choices === undefined ? {} : { choices }),
    finishReason: !stopped && thought.length + said.length > most ? "length" : "stop",
  };
}

function readPrompt(options: LanguageModelV3CallOptions): Prompt {
  const prompt: Prompt & { messages: Prompt["messages"][number][] } = { messages: [] };
  for (const message of options.prompt) {
    if (message.role === "system") prompt.system = message.content;
    if (message.role !== "user" && message.role !== "assistant") continue;
    const texts = message.content.map((part) =>
      part.type === "text" || part.type === "reasoning" ? part.text : "",
    );
    prompt.messages.push({ role: message.role, content: texts.join("") });
  }
  if (prompt.messages.at(-1)?.role === "assistant") prompt.prefill = prompt.messages.pop()?.content;
  return prompt;
}

function usageOf(options: LanguageModelV3CallOptions, samples: readonly RawSample[]): LanguageModelV3Usage {
  const { system = "", messages, prefill = "" } = readPrompt(options);
  const input = [system, prefill, ...messages.map(({ content }) => content)];
  const count = (texts: string[]): number => texts.reduce((sum, text) => sum + words(text).length, 0);
  const reasoning = count(samples.map((sample) => sample.reasoning ?? ""));
  const text = count(samples.map((sample) => sample.text));
  const inputTokens = count(input);
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: text + reasoning, text, reasoning },
  };
}

function streamParts(sample: RawSample, usage: LanguageModelV3Usage) {
  const { text, reasoning = "", finishReason } = sample;
  const parts: LanguageModelV3StreamPart[] = [{ type: "stream-start", warnings: [] }];
  for (const [kind, content] of [["reasoning", reasoning] as const, ["text", text] as const]) {
    if (content === "") continue;
    parts.push({ type: `${kind}-start`, id: kind });
    for (const delta of words(content)) parts.push({ type: `${kind}-delta`, id: kind, delta });
    parts.push({ type: `${kind}-end`, id: kind });
  }
  parts.push({
    type: "finish",
    usage,
    finishReason: { unified: finishReason, raw: undefined },
    providerMetadata: { scripted: { samples: [{ ...sample }] } },
  });
  return parts;
}

/** What reading from a broken connection throws. */
function cutError(): Error {
  return Object.assign(new TypeError("terminated"), { code: "ECONNRESET" });
}

function fail(suffers: ScriptedFault | undefined): void {
  if (suffers !== "rate-limit" && suffers !== "server-error") return;
  throw new APICallError({
    message: suffers === "rate-limit" ? "too many requests" : "internal error",
    url: "scripted",
    requestBodyValues: {},
    statusCode: suffers === "rate-limit" ? 429 : 500,
    responseHeaders: { "retry-after-ms": "10" },
  });
}
