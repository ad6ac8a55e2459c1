import type { LanguageModelV3Usage } from "@ai-sdk/provider";
import type { EventOf } from "../thought/event.ts";
import type { TokenUsage } from "../thought/usage.ts";
import type { Backend, RawSample } from "./backend.ts";
import type { Spent } from "./budget.ts";
import { costOf, type Price } from "./prices.ts";
import { countTokens } from "./tokens.ts";

/** How far a report may be from the tokens of its own text, in parts of them, and in tokens a sample. */
const TOLERANCE = 0.1;
const TOKENS_BESIDE_TEXT = 8;
/** The same for models that think out of sight: they mark where thinking ends. */
const TOKENS_BESIDE_HIDDEN_THINKING = 16;
/** The tokens of a text in the most frugal and the most wasteful of the usual vocabularies, by its o200k tokens. */
const FRUGAL = 0.8;
const WASTEFUL = 1.25;

/** What a reply has in it for the ledger. */
export interface Counted {
  report: LanguageModelV3Usage | undefined;
  /** All samples of the reply, as they came. */
  samples: readonly Pick<RawSample, "text" | "reasoning">[];
  /** Requests sent for it, failed ones included. */
  calls: number;
  lost: Lost;
}

/** What broken attempts brought, of which nothing could be used. */
export interface Lost {
  /** As far as the backend reported their prompts. */
  inputTokens: number;
  /** By tokenizer, as far as it arrived. */
  outputTokens: number;
}

type Reader = Pick<Backend, "tokens" | "hidesThinking" | "price">;

/**
 * The usage of a finished call. A report that is there and agrees with its text is taken as it is; otherwise the
 * output is counted with a tokenizer, as an estimate.
 */
export function usageOf({ report, samples, calls, lost }: Counted, reader: Reader): TokenUsage {
  const output = report === undefined ? undefined : trustedOutput(report, samples, reader);
  const estimated = lost.outputTokens + (output === undefined ? countSamples(samples) : 0);
  const inputTokens = lost.inputTokens + (whole(report?.inputTokens.total) ?? 0);
  const outputTokens = output?.total ?? 0;
  return {
    inputTokens,
    outputTokens,
    reasoningTokens: output?.reasoning ?? 0,
    estimatedOutputTokens: estimated,
    calls,
    costUsd: costOf(reader.price, inputTokens, outputTokens + estimated),
  };
}

/** The usage of a call that brought back nothing whole: what had arrived counts as an estimate. */
export function lostUsage(calls: number, lost: Lost, price: Price | null): TokenUsage {
  return {
    inputTokens: lost.inputTokens,
    outputTokens: 0,
    reasoningTokens: 0,
    estimatedOutputTokens: lost.outputTokens,
    calls,
    costUsd: costOf(price, lost.inputTokens, lost.outputTokens),
  };
}

/**
 * What one sample of a finished call takes from the budget: its part of the output by length, and for the call's
 * first sample the prompt and the requests. A function of the logged call alone, so that a resumed run charges
 * what the first one did.
 *
 * @param estimatedInput stands in for a prompt that the backend did not count
 */
export function shareOf(
  call: Pick<EventOf<"call-finished">, "samples" | "usage">,
  index: number,
  { price, estimatedInput }: { price: Price | null; estimatedInput: number },
): Spent {
  const { samples, usage } = call;
  const place = samples.findIndex((sample) => sample.index === index);
  const first = place === 0;
  const output = usage.outputTokens + usage.estimatedOutputTokens;
  const sizes = samples.map(({ text, reasoning = "" }) => text.length + reasoning.length + 1);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const upTo = (end: number): number =>
    Math.round((output * sizes.slice(0, end).reduce((sum, size) => sum + size, 0)) / all);
  const outputShare = upTo(place + 1) - upTo(place);
  const inputShare = first ? usage.inputTokens || estimatedInput : 0;
  return {
    tokens: inputShare + outputShare,
    outputTokens: outputShare,
    calls: first ? usage.calls : 0,
    usd: costOf(price, inputShare, outputShare) ?? 0,
  };
}

/** Reported output, thinking included; undefined where it is missing or contradicts the text. */
function trustedOutput(
  report: LanguageModelV3Usage,
  samples: Counted["samples"],
  reader: Reader,
): { total: number; reasoning: number } | undefined {
  const total = whole(report.outputTokens.total);
  const reasoning = whole(report.outputTokens.reasoning) ?? 0;
  if (total === undefined) return undefined;
  if (reader.tokens === "exact") return { total, reasoning };
  const text = samples.map((sample) => sample.text);
  if (reasoning > 0) {
    // Some count thinking beside the text, some within the total; thinking itself may be shown shortened.
    if (agrees(total - reasoning, text, reader)) return { total, reasoning };
    if (agrees(total, text, reader)) return { total: total + reasoning, reasoning };
    return undefined;
  }
  const shown = samples.flatMap((sample) => (sample.reasoning === undefined ? [] : [sample.reasoning]));
  if (shown.length > 0 && reader.hidesThinking) {
    return total >= leastTokens(countTokens(text.join("\n")), reader) ? { total, reasoning } : undefined;
  }
  return agrees(total, [...text, ...shown], reader) ? { total, reasoning } : undefined;
}

/** Whether a count is one that some usual vocabulary gives these texts. */
function agrees(count: number, texts: readonly string[], reader: Reader): boolean {
  const joined = texts.join("\n");
  const tokens = countTokens(joined);
  const most = reader.tokens === "o200k" ? tokens : tokens * WASTEFUL + splitCharacters(joined);
  const beside = (reader.hidesThinking ? TOKENS_BESIDE_HIDDEN_THINKING : TOKENS_BESIDE_TEXT) * texts.length;
  return count >= leastTokens(tokens, reader) && count <= most * (1 + TOLERANCE) + beside;
}

/** Tokens that a vocabulary adds which takes each digit for itself and knows letters beyond ASCII badly. */
function splitCharacters(text: string): number {
  let tokens = 0;
  let run = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) {
      run++;
      continue;
    }
    // o200k takes three digits at a time.
    tokens += run - Math.ceil(run / 3);
    run = 0;
    // The second half of a surrogate pair is no letter of its own.
    if (code > 0x7f && (code & 0xfc00) !== 0xdc00) tokens += 0.5;
  }
  return tokens;
}

/** The fewest tokens that a text of so many o200k tokens can have been reported with; 0 for an empty one alone. */
function leastTokens(tokens: number, reader: Reader): number {
  const least = tokens * (reader.tokens === "o200k" ? 1 : FRUGAL) * (1 - TOLERANCE);
  return tokens === 0 ? 0 : Math.max(1, least - 1);
}

function countSamples(samples: Counted["samples"]): number {
  return samples.reduce(
    (sum, { text, reasoning = "" }) => sum + countTokens(text) + countTokens(reasoning),
    0,
  );
}

function whole(count: number | undefined): number | undefined {
  return count === undefined || !Number.isFinite(count) || count < 0 ? undefined : Math.round(count);
}
