import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
  SharedV3ProviderMetadata,
  SharedV3Warning,
} from "@ai-sdk/provider";
import { z } from "zod";
import { InputError } from "../thought/errors.ts";
import { roleChoices } from "../thought/role-choices.ts";
import type { NanoSample, TokenEvent } from "./decoder/generation.ts";
import { type GenerateOptions, loadNano, type Nano } from "./decoder/nano.ts";
import { NanoThreads } from "./decoder/nano-threads.ts";
import type { Section } from "./decoder/sample-text.ts";
import { nanoPrompt } from "./prompt-tokens.ts";

/** What `providerOptions.nano` may hold. */
const nanoOptionsSchema = z.strictObject({
  /** How many samples. Default 1. */
  samples: z.int().positive().optional(),
  /** A seed for each sample; without it sample i draws by the call's `seed` and i. */
  seeds: z.array(z.int()).optional(),
  /** False asks for the answer at once. Default true. */
  think: z.boolean().default(true),
  /** Asks a role instead: the reply is one of its words, with the probability of each. */
  role: z.enum(["judge", "critic", "router"]).optional(),
});

/** How to make a {@link nanoModel}. */
export interface NanoModelOptions {
  /** A model folder in Hugging Face form. Default: the weights that come with Sojourn. */
  readonly folder?: string | undefined;
  /**
   * Threads that decode when many samples are wanted at once; few run on the calling thread, which is ready sooner.
   * Default 1: always on the calling thread.
   */
  readonly threads?: number | undefined;
}

/** Samples in flight from which threads are started: as much work as starting them takes. */
const threadsFrom = 48;

/**
 * Nano as a model of the AI SDK (specification V3), for `generateText`, `streamText` and our own client. It loads its
 * weights at the first call. Its thought comes as reasoning, its answer as text; a trailing assistant message with
 * reasoning is continued. Temperature defaults to 0, a seed to a random one. With `providerOptions.nano.samples` the
 * result is that of the first sample (so is the stream), usage counts all of them, and all are in
 * `providerMetadata.nano.samples` in the order of their indices. With
 * `providerOptions.nano.role` it chooses one of the role's words about the question and the thought (and answer) so far.
 */
export function nanoModel(options: NanoModelOptions = {}): LanguageModelV3 {
  const folder = options.folder ?? fileURLToPath(new URL("../../weights/nano", import.meta.url));
  let loading: Promise<Nano> | undefined;
  const load = (): Promise<Nano> => {
    loading ??= loadNano(folder).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  let threads: NanoThreads | undefined;
  let inFlight = 0;
  async function generate(nano: Nano, request: GenerateOptions): Promise<NanoSample[]> {
    const { samples = 1 } = request;
    inFlight += samples;
    const count = options.threads ?? 1;
    if (count > 1 && inFlight >= threadsFrom)
      threads ??= new NanoThreads(folder, count, nano.tokenizer.special.think);
    try {
      return await (threads ?? nano).generate(request);
    } finally {
      inFlight -= samples;
    }
  }
  return {
    specificationVersion: "v3",
    provider: "nano",
    modelId: options.folder ?? "nano",
    supportedUrls: {},
    async doGenerate(call) {
      const nano = await load();
      const { request, warnings } = prepare(nano, call);
      return resultOf(request, await generate(nano, request), warnings);
    },
    async doStream(call) {
      const nano = await load();
      const { request, warnings } = prepare(nano, call);
      return { stream: streamOf(nano, request, warnings) };
    },
  };
}

function prepare(nano: Nano, call: LanguageModelV3CallOptions) {
  const parsed = nanoOptionsSchema.safeParse(call.providerOptions?.nano ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`providerOptions.nano ${issue?.path.join(".")}: ${issue?.message.toLowerCase()}`);
  }
  const { samples, seeds, think, role } = parsed.data;
  const { tokens, warnings } = nanoPrompt(call.prompt, nano.tokenizer, { think, role });
  const request: GenerateOptions = {
    promptTokens: tokens,
    choices: role && roleChoices[role],
    samples,
    seeds,
    seed: call.seed ?? randomInt(2 ** 31),
    maxTokens: call.maxOutputTokens,
    temperature: call.temperature,
    topP: call.topP,
    stop: call.stopSequences,
    signal: call.abortSignal,
  };
  return { request, warnings: [...warnings, ...unsupportedSettings(call)] };
}

function unsupportedSettings(call: LanguageModelV3CallOptions): SharedV3Warning[] {
  const unsupported = {
    topK: call.topK !== undefined,
    presencePenalty: call.presencePenalty !== undefined,
    frequencyPenalty: call.frequencyPenalty !== undefined,
    tools: (call.tools?.length ?? 0) > 0,
    responseFormat: call.responseFormat?.type === "json",
  };
  return Object.entries(unsupported).flatMap(([feature, used]) =>
    used ? [{ type: "unsupported", feature }] : [],
  );
}

function resultOf(
  request: GenerateOptions,
  samples: readonly NanoSample[],
  warnings: SharedV3Warning[],
): LanguageModelV3GenerateResult {
  const [first] = samples;
  const content: LanguageModelV3Content[] = [];
  if (first?.reasoning) content.push({ type: "reasoning", text: first.reasoning });
  if (first?.text) content.push({ type: "text", text: first.text });
  return { content, ...endOf(request, samples), warnings };
}

interface End {
  readonly finishReason: LanguageModelV3FinishReason;
  readonly usage: LanguageModelV3Usage;
  readonly providerMetadata: SharedV3ProviderMetadata;
}

function endOf({ promptTokens, choices }: GenerateOptions, samples: readonly NanoSample[]): End {
  const inputTokens = promptTokens.length;
  const total = samples.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const reasoning = samples.reduce((sum, { reasoningTokens }) => sum + reasoningTokens, 0);
  const finish = samples[0]?.finishReason;
  return {
    finishReason: { unified: finish === "length" ? "length" : "stop", raw: finish },
    usage: {
      inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total, text: total - reasoning, reasoning },
    },
    providerMetadata: {
      nano: {
        samples: samples.map((sample) => ({
          text: sample.text,
          reasoning: sample.reasoning,
          finishReason: sample.finishReason === "length" ? "length" : "stop",
          meanLogprob: sample.meanLogprob,
          outputTokens: sample.tokens.length,
          ...(sample.choices && { choices: sharesOf(choices ?? [], sample.choices) }),
        })),
      },
    },
  };
}

function sharesOf(words: readonly string[], shares: readonly number[]): Record<string, number> {
  return Object.fromEntries(words.map((word, index) => [word, shares[index] ?? 0]));
}

function streamOf(
  nano: Nano,
  request: GenerateOptions,
  warnings: SharedV3Warning[],
): ReadableStream<LanguageModelV3StreamPart> {
  const cancelled = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, cancelled.signal]) : cancelled.signal;
  return new ReadableStream<LanguageModelV3StreamPart>({
    async start(controller) {
      controller.enqueue({ type: "stream-start", warnings });
      const blocks = new Blocks((part) => controller.enqueue(part));
      try {
        const samples = await nano.generate({ ...request, signal, onToken: (event) => blocks.add(event) });
        blocks.close();
        controller.enqueue({ type: "finish", ...endOf(request, samples) });
        controller.close();
      } catch (error) {
        if (!cancelled.signal.aborted) controller.error(error);
      }
    },
    cancel(reason) {
      cancelled.abort(reason);
    },
  });
}

/** Opens and closes the parts of a stream as the first sample goes from its thought to its answer. */
class Blocks {
  readonly #emit: (part: LanguageModelV3StreamPart) => void;
  #open: Section | undefined;

  constructor(emit: (part: LanguageModelV3StreamPart) => void) {
    this.#emit = emit;
  }

  add({ sample, section, text }: TokenEvent): void {
    if (sample !== 0 || text === "") return;
    if (this.#open !== section) {
      this.close();
      this.#emit({ type: `${section}-start`, id: section });
      this.#open = section;
    }
    this.#emit({ type: `${section}-delta`, id: section, delta: text });
  }

  close(): void {
    if (this.#open) this.#emit({ type: `${this.#open}-end`, id: this.#open });
    this.#open = undefined;
  }
}
