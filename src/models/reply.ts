import {
  InvalidResponseDataError,
  type LanguageModelV3CallOptions,
  type LanguageModelV3StreamPart,
  type LanguageModelV3Usage,
  type SharedV3Warning,
} from "@ai-sdk/provider";
import type { Backend, RawSample } from "./backend.ts";
import { BrokenReplyError } from "./failures.ts";
import { splitThinking, ThinkStream } from "./think-tags.ts";

/** What one request brought back. */
export interface Reply {
  samples: RawSample[];
  report: LanguageModelV3Usage | undefined;
  warnings: readonly SharedV3Warning[];
}

/** A piece of a stream, as it is shown. */
export interface Piece {
  kind: "reasoning" | "text";
  text: string;
}

/** Asks once and reads all samples of the reply. Throws what the SDK throws. */
export async function askWhole(backend: Backend, options: LanguageModelV3CallOptions): Promise<Reply> {
  const model = await backend.load();
  const result = await model.doGenerate(options);
  const samples = backend.read(result).map((sample) => tidy(sample, options.stopSequences));
  if (samples.length === 0) {
    const { total = 0 } = result.usage.inputTokens;
    throw new BrokenReplyError("garbled", "the reply holds no sample", total);
  }
  return { samples, report: result.usage, warnings: result.warnings };
}

/**
 * Asks once for one sample as a stream. Throws what the SDK throws, and what the stream reports as its error.
 *
 * @param show is given each piece as it comes
 * @param arrived is given each piece's text as it came, tags included, so that a cut stream can be counted
 */
export async function askStreamed(
  backend: Backend,
  options: LanguageModelV3CallOptions,
  show: (piece: Piece) => void,
  arrived: (text: string) => void,
): Promise<Reply> {
  const model = await backend.load();
  const { stream } = await model.doStream(options);
  const tags = new ThinkStream();
  let text = "";
  let reasoning = "";
  let warnings: readonly SharedV3Warning[] = [];
  let finish: Extract<LanguageModelV3StreamPart, { type: "finish" }> | undefined;
  let unfinished: string | undefined;
  for await (const part of stream) {
    if ((part.type === "text-delta" || part.type === "reasoning-delta") && part.delta === "") continue;
    if (part.type === "text-delta") {
      text += part.delta;
      arrived(part.delta);
      for (const piece of tags.push(part.delta)) show(piece);
    } else if (part.type === "reasoning-delta") {
      reasoning += part.delta;
      arrived(part.delta);
      show({ kind: "reasoning", text: part.delta });
    } else if (part.type === "stream-start") warnings = part.warnings;
    else if (part.type === "error") {
      // What ended before it was finished may have been counted all the same: the count is in the next part.
      if (!InvalidResponseDataError.isInstance(part.error)) throw part.error;
      unfinished = part.error.message;
    } else if (part.type === "finish") finish = part;
  }
  if (unfinished !== undefined)
    throw new BrokenReplyError("cut", unfinished, finish?.usage.inputTokens.total);
  if (finish === undefined)
    throw new BrokenReplyError("cut", "the stream ended before the reply was finished");
  for (const piece of tags.end()) show(piece);
  const sample: RawSample = {
    text,
    reasoning: reasoning === "" ? undefined : reasoning,
    finishReason: finish.finishReason.unified,
    meanLogprob: backend.readStreamEnd(finish.providerMetadata),
  };
  return { samples: [tidy(sample, options.stopSequences)], report: finish.usage, warnings };
}

/** Takes marked thinking out of the text and ends it at a stop text that the backend did not heed. */
function tidy(sample: RawSample, stop: readonly string[] = []): RawSample {
  const split = splitThinking(sample.text);
  const reasoning = [sample.reasoning, split.reasoning].filter((part) => part !== undefined);
  const end = Math.min(...stop.map((text) => split.text.indexOf(text)).filter((at) => at !== -1));
  const cut = Number.isFinite(end);
  return {
    ...sample,
    text: cut ? split.text.slice(0, end) : split.text,
    reasoning: reasoning.length === 0 ? undefined : reasoning.join("\n"),
    finishReason: cut ? "stop" : sample.finishReason,
  };
}
