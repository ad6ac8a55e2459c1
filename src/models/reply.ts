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
  /** True where we closed the stream, see `SampleRequest.endsEarly`. */
  endedEarly?: boolean;
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

/** Who is told of a stream while it comes. */
interface StreamWatcher {
  /** Is given each piece as it is shown. */
  show(piece: Piece): void;
  /** Is given each piece's text as it came, tags included, so that a cut stream can be counted. */
  arrived(text: string): void;
  /** Says of what came so far, thinking before text, that no more of it is wanted. */
  endsEarly?: ((soFar: string) => boolean) | undefined;
}

/** Characters of a stream between two questions whether to end it early. */
const CHARACTERS_A_LOOK = 256;

/** Asks once for one sample as a stream. Throws what the SDK throws, and what the stream reports as its error. */
export async function askStreamed(
  backend: Backend,
  options: LanguageModelV3CallOptions,
  { show, arrived, endsEarly }: StreamWatcher,
): Promise<Reply> {
  const model = await backend.load();
  const { stream } = await model.doStream(options);
  const reader = stream.getReader();
  const tags = new ThinkStream();
  let text = "";
  let reasoning = "";
  let lookAt = CHARACTERS_A_LOOK;
  let warnings: readonly SharedV3Warning[] = [];
  let finish: Extract<LanguageModelV3StreamPart, { type: "finish" }> | undefined;
  let unfinished: string | undefined;
  let endedEarly = false;
  try {
    while (!endedEarly) {
      const { done, value: part } = await reader.read();
      if (done) break;
      if (part.type === "text-delta" || part.type === "reasoning-delta") {
        const { delta } = part;
        if (delta === "") continue;
        arrived(delta);
        if (part.type === "text-delta") {
          text += delta;
          for (const piece of tags.push(delta)) show(piece);
        } else {
          reasoning += delta;
          show({ kind: "reasoning", text: delta });
        }
        if (endsEarly === undefined || reasoning.length + text.length < lookAt) continue;
        lookAt = reasoning.length + text.length + CHARACTERS_A_LOOK;
        endedEarly = endsEarly(reasoning === "" ? text : `${reasoning}\n${text}`);
      } else if (part.type === "stream-start") warnings = part.warnings;
      else if (part.type === "error") {
        // What ended before it was finished may have been counted all the same: the count is in the next part.
        if (!InvalidResponseDataError.isInstance(part.error)) throw part.error;
        unfinished = part.error.message;
      } else if (part.type === "finish") finish = part;
    }
  } finally {
    // Nobody waits for a server to take note.
    reader.cancel().catch(() => {});
  }
  if (!endedEarly) {
    if (unfinished !== undefined)
      throw new BrokenReplyError("cut", unfinished, finish?.usage.inputTokens.total);
    if (finish === undefined)
      throw new BrokenReplyError("cut", "the stream ended before the reply was finished");
  }
  for (const piece of tags.end()) show(piece);
  const sample: RawSample = {
    text,
    reasoning: reasoning === "" ? undefined : reasoning,
    finishReason: finish?.finishReason.unified ?? "other",
    meanLogprob: finish === undefined ? undefined : backend.readStreamEnd(finish.providerMetadata),
  };
  return { samples: [tidy(sample, options.stopSequences)], report: finish?.usage, warnings, endedEarly };
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
