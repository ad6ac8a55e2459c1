import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { type Model, readModel } from "../checkpoint.ts";
import type { NanoConfig } from "../config.ts";
import type { Tokenizer } from "../tokenizer.ts";
import type { NanoSample, TokenEvent } from "./generation.ts";
import { KernelMemory } from "./kernels.ts";
import { PagePool } from "./page-pool.ts";
import type { Section } from "./sample-text.ts";
import { Scheduler } from "./scheduler.ts";
import { Sequence } from "./sequence.ts";
import { Transformer } from "./transformer.ts";

/** Most samples that run at once, and most tokens of one pass: the rest of a pass is for prompts. */
const maxSamples = 64;
const maxRows = 128;

/** What {@link Nano.generate} is asked. */
export interface GenerateOptions {
  /** The text so far, such as `tokenizer.encode("<|user|>…<|think|>")`. */
  readonly promptTokens: readonly number[];
  /** How many samples. Default 1. */
  readonly samples?: number | undefined;
  /** Most tokens a sample may have. Default: what the context has room for, which is the limit in any case. */
  readonly maxTokens?: number | undefined;
  /** 0, the default, takes the likeliest token each time. */
  readonly temperature?: number | undefined;
  /** Draws from the likeliest tokens that together have this probability. Default 1: from all. */
  readonly topP?: number | undefined;
  /** Sample `i` draws by (seed, i). Default 0. */
  readonly seed?: number | undefined;
  /** Index of the first sample, for a request that is one part of a larger one. Default 0. */
  readonly firstSample?: number | undefined;
  /** A seed for each sample instead: it then draws as the only sample of a request with that `seed` does. */
  readonly seeds?: readonly number[] | undefined;
  /** Texts at which a sample ends; the text itself is left out. */
  readonly stop?: readonly string[] | undefined;
  /** Words of which a sample says one, the likeliest; each must be one token. Default: it writes freely. */
  readonly choices?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each token of each sample as it comes. When it throws, the request fails with that error. */
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
}

const limitsSchema = z.object({
  samples: z.int().min(1).max(10_000),
  maxTokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(100),
  topP: z.number().gt(0).max(1),
  stop: z.array(z.string().min(1)),
});

/** A loaded nano model. All its requests run as one batch on the calling thread, in slices of a few milliseconds. */
export class Nano {
  readonly tokenizer: Tokenizer;
  readonly config: NanoConfig;
  readonly #transformer: Transformer;
  readonly #pool: PagePool;
  readonly #scheduler: Scheduler;

  /** Packs the weights of a model; see {@link loadNano} for one in a folder. */
  constructor(memory: KernelMemory, model: Model) {
    this.tokenizer = model.tokenizer;
    this.config = model.config;
    this.#transformer = new Transformer(memory, model, maxRows);
    this.#pool = new PagePool(memory, model.config);
    this.#scheduler = new Scheduler(this.#transformer, this.#pool, maxSamples);
  }

  /**
   * Generates samples, in the order of their indices. The same prompt, settings and seed give the same tokens, whatever
   * else runs at the time and on whichever machine. Rejects with the signal's reason when it is aborted, and with
   * {@link InputError} when the prompt leaves no room or a setting is out of range.
   */
  async generate(options: GenerateOptions): Promise<NanoSample[]> {
    const { promptTokens, seed = 0, firstSample = 0, seeds, choices, signal, onToken } = options;
    const { samples, temperature, topP, stop, maxTokens } = this.#check(options);
    signal?.throwIfAborted();
    const room = this.config.max_position_embeddings - promptTokens.length;
    return this.#scheduler.run({
      promptTokens,
      question: questionOf(promptTokens, this.tokenizer.special.think),
      keys: Array.from({ length: samples }, (_, index) =>
        seeds ? `${seeds[index]}/0` : `${seed}/${firstSample + index}`,
      ),
      signal,
      settings: {
        temperature,
        topP,
        stop,
        maxTokens: Math.min(maxTokens ?? room, room),
        section: choices ? "text" : this.#sectionAfter(promptTokens),
        choices: choices?.map((word) => this.#wordToken(word)),
        tokenizer: this.tokenizer,
        onToken,
      },
    });
  }

  /** Logits of the next token after each of the given ones, straight from the forward pass. */
  logits(tokens: readonly number[]): Float32Array[] {
    this.#checkTokens(tokens);
    const sequence = new Sequence(this.#pool, tokens);
    sequence.reserve(tokens.length);
    const rows: Float32Array[] = [];
    for (let position = 0; position < tokens.length; position += maxRows) {
      const part = tokens.slice(position, position + maxRows);
      const span = { tokens: part, position, pages: sequence.addresses, logits: "all" } as const;
      rows.push(...this.#transformer.forward([span]).map((row) => row.slice()));
    }
    sequence.release();
    return rows;
  }

  #check(options: GenerateOptions): z.infer<typeof limitsSchema> {
    const {
      promptTokens,
      seeds,
      samples = seeds?.length ?? 1,
      temperature = 0,
      topP = 1,
      stop = [],
    } = options;
    const { maxTokens } = options;
    const parsed = limitsSchema.safeParse({ samples, maxTokens, temperature, topP, stop });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new InputError(`nano cannot take this ${issue?.path.join(".")}: ${issue?.message.toLowerCase()}`);
    }
    if (seeds !== undefined && seeds.length !== samples) {
      throw new InputError(`nano got ${seeds.length} seeds for ${samples} samples: give one for each`);
    }
    this.#checkTokens(promptTokens);
    const context = this.config.max_position_embeddings;
    if (promptTokens.length < context) return parsed.data;
    throw new InputError(
      `the question has ${promptTokens.length} tokens and nano holds ${context}, its thought included: ask a shorter one`,
    );
  }

  #checkTokens(tokens: readonly number[]): void {
    if (tokens.length === 0) throw new InputError("nano needs at least one token to go on from");
    const wrong = tokens.find(
      (token) => !Number.isInteger(token) || token < 0 || token >= this.config.vocab_size,
    );
    if (wrong !== undefined) throw new InputError(`token ${wrong} is not in nano's vocabulary`);
  }

  #wordToken(word: string): number {
    const [token, ...others] = this.tokenizer.encode(word, { markers: "text" });
    if (token !== undefined && others.length === 0) return token;
    throw new InputError(`nano cannot choose "${word}": this checkpoint's tokenizer has no token for it`);
  }

  /** A prompt that has come to its answer marker goes on in text, any other in its thought. */
  #sectionAfter(promptTokens: readonly number[]): Section {
    return promptTokens.includes(this.tokenizer.special.answer) ? "text" : "reasoning";
  }
}

/** What the prompts about one question begin with: all before the thought. */
export function questionOf(promptTokens: readonly number[], think: number): string {
  const end = promptTokens.indexOf(think);
  return promptTokens.slice(0, end === -1 ? promptTokens.length : end).join();
}

/** Loads the model in a folder of Hugging Face form. Throws {@link InputError} when it is not one of nano's kind. */
export async function loadNano(folder: string): Promise<Nano> {
  const [memory, model] = await Promise.all([KernelMemory.load(), readModel(folder)]);
  return new Nano(memory, model);
}
