import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
} from "@ai-sdk/provider";
import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import { type ChatTemplate, compileTemplate, PLAIN_END, promptText } from "../chat-template.ts";
import { defined } from "../defined.ts";
import { type Continuation, continueTokens } from "./gguf-sample.ts";
import type { LlamaModel, LlamaModule, LlamaSequence } from "./llama-cpp.ts";

/** Which file, and how it is run. */
export interface GgufModelOptions {
  path: string;
  /** Samples that are written at once, each with a context of its own. */
  sequences: number;
  threads: number;
  load(): Promise<LlamaModule>;
}

/** Most tokens of a prompt and its reply: a context's memory grows with it, and there is one for each sequence. */
const CONTEXT = 4096;

const askSchema = z.object({
  /** A seed for each sample. */
  seeds: z.array(z.int()).min(1),
  steps: z.boolean().default(true),
});

const metadataSchema = z.object({ tokenizer: z.object({ chat_template: z.string() }) });

interface Loaded {
  model: LlamaModel;
  template: ChatTemplate | undefined;
  pool: Pool;
}

/**
 * A GGUF file as a model of the AI SDK (specification V3), run by llama.cpp in this process. Samples of a request are
 * parallel sequences of one context. The conversation is written by the template in the file, else in a plain form; a
 * trailing assistant message is the beginning of the reply. All samples are in `providerMetadata.gguf.samples`.
 */
export function ggufModel(options: GgufModelOptions): LanguageModelV3 {
  let loading: Promise<Loaded> | undefined;
  const load = (): Promise<Loaded> => {
    loading ??= open(options).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  async function begin(call: LanguageModelV3CallOptions) {
    const { model, template, pool } = await load();
    const asked = askSchema.safeParse(call.providerOptions?.["gguf"]).data;
    const { seeds, steps } = asked ?? { seeds: [call.seed ?? 0], steps: true };
    const prompt = promptTokens(model, promptText(call.prompt, template, { steps }));
    const stop = [...(call.stopSequences ?? []), ...(template === undefined ? [PLAIN_END] : [])];
    const write = (seed: number, show?: (delta: string) => void): Promise<Continuation> =>
      pool.with((sequence) => {
        const room = sequence.contextSize - prompt.length;
        if (room < 1) {
          throw new FailureError(
            `the prompt has ${prompt.length} tokens, and ${options.path} is run with a context of ${sequence.contextSize}`,
          );
        }
        return continueTokens(model, sequence, {
          ...{ prompt, stop, seed, show, signal: call.abortSignal },
          maxTokens: Math.min(call.maxOutputTokens ?? room, room),
          temperature: call.temperature ?? 0,
          topP: call.topP ?? 1,
        });
      });
    return { inputTokens: prompt.length, seeds, write };
  }

  return {
    specificationVersion: "v3",
    provider: "gguf",
    modelId: options.path,
    supportedUrls: {},

    async doGenerate(call) {
      const { inputTokens, seeds, write } = await begin(call);
      const settled = await Promise.allSettled(seeds.map((seed) => write(seed)));
      const failed = settled.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      const samples = settled.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
      return { content: [{ type: "text", text: samples[0]?.text ?? "" }], ...endOf(inputTokens, samples) };
    },

    async doStream(call) {
      const { inputTokens, seeds, write } = await begin(call);
      return {
        stream: new ReadableStream<LanguageModelV3StreamPart>({
          async start(controller) {
            controller.enqueue({ type: "stream-start", warnings: [] });
            controller.enqueue({ type: "text-start", id: "text" });
            try {
              const sample = await write(seeds[0] ?? 0, (delta) =>
                controller.enqueue({ type: "text-delta", id: "text", delta }),
              );
              controller.enqueue({ type: "text-end", id: "text" });
              controller.enqueue({ type: "finish", ...endOf(inputTokens, [sample]) });
              controller.close();
            } catch (error) {
              controller.error(error);
            }
          },
        }),
      };
    },
  };
}

async function open({ path, sequences, threads, load }: GgufModelOptions): Promise<Loaded> {
  const { getLlama } = await load();
  const llama = await getLlama({
    ...{ gpu: false, build: "never", skipDownload: true, maxThreads: threads, logLevel: "error" },
  });
  const model = await llama.loadModel({ modelPath: path });
  const metadata = metadataSchema.safeParse(model.fileInfo.metadata);
  const template = metadata.success
    ? await compileTemplate(metadata.data.tokenizer.chat_template)
    : undefined;
  const context = await model.createContext({
    ...{ sequences, contextSize: { max: Math.min(CONTEXT, model.trainContextSize) } },
  });
  return { model, template, pool: new Pool(Array.from({ length: sequences }, () => context.getSequence())) };
}

/** The prompt's tokens. Templates write special tokens as text; a text's beginning is marked where the model wants it. */
function promptTokens(model: LlamaModel, text: string): number[] {
  const tokens = model.tokenize(text, true);
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
}

function endOf(
  inputTokens: number,
  samples: readonly Continuation[],
): Omit<LanguageModelV3GenerateResult, "content"> {
  const total = samples.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    finishReason: { unified: samples[0]?.finishReason ?? "other", raw: undefined },
    usage: {
      inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total, text: total, reasoning: undefined },
    },
    providerMetadata: {
      gguf: {
        samples: samples.map(({ text, finishReason, meanLogprob }) => ({
          ...{ text, finishReason, ...defined({ meanLogprob }) },
        })),
      },
    },
    warnings: [],
  };
}

/** Sequences that are lent out one at a time, in the order in which they are asked for. */
class Pool {
  readonly #free: LlamaSequence[];
  readonly #waiting: ((sequence: LlamaSequence) => void)[] = [];

  constructor(sequences: LlamaSequence[]) {
    this.#free = sequences;
  }

  async with<Result>(work: (sequence: LlamaSequence) => Promise<Result>): Promise<Result> {
    const sequence =
      this.#free.pop() ?? (await new Promise<LlamaSequence>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(sequence);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(sequence);
      else next(sequence);
    }
  }
}
