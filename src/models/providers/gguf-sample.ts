import type { LlamaModel, LlamaSequence } from "./llama-cpp.ts";

/** What a model is to write behind a prompt. */
export interface ContinuationRequest {
  prompt: readonly number[];
  /** At least 1. */
  maxTokens: number;
  /** Texts at which it ends; they are left out. */
  stop: readonly string[];
  temperature: number;
  topP: number;
  seed: number;
  signal?: AbortSignal | undefined;
  /** Is given each piece of the text as soon as no stop text can begin in it. */
  show?: ((delta: string) => void) | undefined;
}

/** What it wrote. */
export interface Continuation {
  text: string;
  finishReason: "stop" | "length";
  /** How many tokens it wrote, those of a stop text included. */
  tokens: number;
  /** Of the tokens' probabilities as they were drawn, temperature included; undefined where it wrote none. */
  meanLogprob?: number | undefined;
}

/** What a token's bytes are shown as while the rest of a character is missing. */
const BROKEN = "\uFFFD";

/** Has one sequence continue a prompt. Throws the signal's reason. */
export async function continueTokens(
  model: LlamaModel,
  sequence: LlamaSequence,
  request: ContinuationRequest,
): Promise<Continuation> {
  const { prompt, maxTokens, stop, temperature, topP, seed, signal, show } = request;
  const held = Math.max(0, ...stop.map((text) => text.length - 1));
  const tokens: number[] = [];
  let sum = 0;
  let text = "";
  let shown = 0;
  const reveal = (end: number): void => {
    if (end <= shown) return;
    show?.(text.slice(shown, end));
    shown = end;
  };
  const ended = (finishReason: "stop" | "length"): Continuation => {
    reveal(text.length);
    const meanLogprob = tokens.length === 0 ? undefined : sum / tokens.length;
    return { text, finishReason, tokens: tokens.length, meanLogprob };
  };

  signal?.throwIfAborted();
  await sequence.clearHistory();
  // All tokens may be drawn: what is left out is a matter of temperature and topP alone.
  const drawing = { temperature, topP, topK: 0, minP: 0, seed };
  for await (const { token, confidence } of sequence.evaluateWithMetadata(
    prompt,
    { confidence: true },
    drawing,
  )) {
    signal?.throwIfAborted();
    tokens.push(token);
    // A probability that rounds to 0 has no logarithm.
    sum += Math.log(Math.max(confidence, Number.MIN_VALUE));
    const written = model.detokenize(tokens);
    const broken = written.endsWith(BROKEN);
    if (!broken) {
      text = written;
      const ends = stop.map((one) => text.indexOf(one)).filter((at) => at !== -1);
      if (ends.length > 0) {
        text = text.slice(0, Math.min(...ends));
        return ended("stop");
      }
      reveal(text.length - held);
    }
    if (tokens.length === maxTokens) return ended("length");
  }
  return ended("stop");
}
