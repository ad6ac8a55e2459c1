import type { Tokenizer } from "../tokenizer.ts";
import { SampleText, type Section } from "./sample-text.ts";
import { type Choice, Sampler, type Sampling, shareAmong } from "./sampler.ts";
import type { Sequence } from "./sequence.ts";

/** Why a sample ended: the model ended it (a choice is always ended), a stop sequence came, or the token limit or the context was full. */
export type NanoFinishReason = "end" | "stop-sequence" | "length";

/** One finished sample. */
export interface NanoSample {
  /** Every token generated, the closing marker or the tokens of a stop sequence included. */
  readonly tokens: readonly number[];
  /** Log-probability of each token in the model's own distribution, before temperature and top-p. */
  readonly logprobs: readonly number[];
  readonly meanLogprob: number;
  /** The thought, as far as this sample wrote it. Empty when the prompt already ends it. */
  readonly reasoning: string;
  /** The answer. */
  readonly text: string;
  /** How many of the tokens belong to the thought, the marker that ends it included. */
  readonly reasoningTokens: number;
  readonly finishReason: NanoFinishReason;
  /** The probability of each word that could be chosen, in the order asked, for a sample that is a choice. */
  readonly choices?: readonly number[] | undefined;
}

/** One token of a sample as it is generated. */
export interface TokenEvent {
  /** Index of the sample in its request. */
  readonly sample: number;
  readonly token: number;
  readonly section: Section;
  /** Text that became final with this token; empty while a stop sequence or a character may still be under way. */
  readonly text: string;
}

/** What all samples of a request have in common. */
export interface GenerationSettings extends Sampling {
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly section: Section;
  /** The sample is one of these tokens, the likeliest. */
  readonly choices?: readonly number[] | undefined;
  readonly tokenizer: Tokenizer;
  readonly onToken: ((event: TokenEvent) => void) | undefined;
}

/** A sample while it grows. */
export class Generation {
  readonly sequence: Sequence;
  readonly index: number;
  readonly #settings: GenerationSettings;
  readonly #sampler: Sampler;
  readonly #text: SampleText;
  readonly #tokens: number[] = [];
  readonly #logprobs: number[] = [];
  #choices: readonly number[] | undefined;
  #reasoningTokens = 0;
  #finishReason: NanoFinishReason | undefined;

  /** @param key what the random draws follow from, beside the position */
  constructor(settings: GenerationSettings, sequence: Sequence, index: number, key: string) {
    this.#settings = settings;
    this.sequence = sequence;
    this.index = index;
    this.#sampler = new Sampler(key, settings, settings.tokenizer.size);
    this.#text = new SampleText(settings.tokenizer, settings.section, settings.stop);
  }

  /** Chooses the next token from the logits of the last one. */
  extend(logits: Float32Array): void {
    const { maxTokens, tokenizer, onToken, choices } = this.#settings;
    const { token, logprob } = choices
      ? this.#choose(logits, choices)
      : this.#sampler.choose(logits, this.sequence.tokens.length);
    this.sequence.tokens.push(token);
    this.#tokens.push(token);
    this.#logprobs.push(logprob);
    if (this.#text.section === "reasoning") this.#reasoningTokens++;
    const { end, user, pad } = tokenizer.special;
    const ended = token === end || token === user || token === pad;
    const piece = ended ? this.#text.finish() : this.#text.add(token);
    let text = piece.released;
    if (ended) this.#finishReason = "end";
    else if (choices) {
      this.#finishReason = "end";
      text += this.#text.finish().released;
    } else if (piece.stopped) this.#finishReason = "stop-sequence";
    else if (this.#tokens.length === maxTokens) {
      this.#finishReason = "length";
      if (this.#text.section === piece.section) text += this.#text.finish().released;
    }
    onToken?.({ sample: this.index, token, section: piece.section, text });
  }

  #choose(logits: Float32Array, choices: readonly number[]): Choice {
    const shares = shareAmong(logits, choices);
    this.#choices = shares;
    const best = shares.indexOf(Math.max(...shares));
    return { token: choices[best] ?? 0, logprob: Math.log(shares[best] ?? 0) };
  }

  /** The sample once it is finished. */
  get result(): NanoSample | undefined {
    if (this.#finishReason === undefined) return undefined;
    return {
      tokens: this.#tokens,
      logprobs: this.#logprobs,
      meanLogprob: this.#logprobs.reduce((sum, logprob) => sum + logprob, 0) / this.#logprobs.length,
      reasoning: this.#text.reasoning,
      text: this.#text.text,
      reasoningTokens: this.#reasoningTokens,
      finishReason: this.#finishReason,
      choices: this.#choices,
    };
  }
}
