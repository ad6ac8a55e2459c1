import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3GenerateResult,
} from "@ai-sdk/provider";
import type { FinishReason } from "../thought/event.ts";
import type { ChoosingRole } from "../thought/role-choices.ts";
import type { ModelTraits } from "./client.ts";
import type { Limiter } from "./limiter.ts";
import type { Price } from "./prices.ts";

/** One of the texts that a request brought back. */
export interface RawSample {
  text: string;
  reasoning?: string | undefined;
  finishReason: FinishReason;
  meanLogprob?: number | undefined;
  /** The probability of each word, for a sample that chose one. */
  choices?: Record<string, number> | undefined;
}

/** What a request asks beyond the settings that every model of the AI SDK knows. */
export interface BackendAsk {
  /** Key index and seed of each sample of the request. */
  samples: readonly { index: number; seed: number }[];
  thinking: "default" | "none";
  /** True where the prompt ends in a thought that the model continues. */
  prefilled: boolean;
  /** The role whose choice is asked for. */
  choose?: ChoosingRole | undefined;
  /** True unless the backend has said that it has no log-probabilities. */
  logprobs: boolean;
}

/** Optional parameters that some backends refuse; the client then goes on without them. */
export type RefusableParameter = "n" | "seed" | "logprobs" | "stop" | "schema";

/**
 * A model and all that the client has to know of it. `doGenerate` and `doStream` are called directly: the
 * SDK's own `generateText` costs 0.4 ms a call and returns one sample.
 */
export interface Backend {
  readonly traits: ModelTraits;
  /**
   * Whether results are told as they come or in the order asked, where the user says nothing: `asked` for models
   * that give the same reply for the same seed, `arrival` over a network.
   */
  readonly order: "asked" | "arrival";
  /** Null where it is not known. */
  readonly price: Price | null;
  /** Shared by everything that uses this backend. */
  readonly limiter: Limiter;
  /** Where requests go; undefined for a model inside this process. */
  readonly endpoint?: string | undefined;
  /** The environment variable that holds its key. */
  readonly keyVariable?: string | undefined;
  /** What to do when the server does not know the model, such as `ollama pull NAME`. */
  readonly missingModelHint?: string | undefined;
  /**
   * How its reports of usage can be checked against its text: `exact` where they are taken as they are (models
   * inside this process), `o200k` where the vocabulary is known, `unknown` elsewhere.
   */
  readonly tokens: "exact" | "o200k" | "unknown";
  /** True where reported tokens hold thinking that the reply shows shortened or not at all. */
  readonly hidesThinking: boolean;
  /** What the client has learnt about the backend while using it. */
  readonly learnt: {
    /** Most samples that one request brings. Falls when a reply holds fewer than were asked for. */
    samplesPerRequest: number;
    refused: Set<RefusableParameter>;
  };
  /** Loads the model; the same one each time. */
  load(): Promise<LanguageModelV3>;
  /** The provider's own way to say what `ask` holds. */
  options(ask: BackendAsk): Pick<LanguageModelV3CallOptions, "providerOptions" | "headers">;
  /** All samples of a reply; `<think>` tags may still be in their text. */
  read(result: LanguageModelV3GenerateResult): RawSample[];
  /** The mean log-probability that a streamed reply ended with. */
  readStreamEnd(metadata: LanguageModelV3GenerateResult["providerMetadata"]): number | undefined;
}

/** What differs from a plain network backend with one sample a request. */
export type BackendSettings = Pick<Backend, "traits" | "price" | "limiter" | "load"> &
  Partial<Omit<Backend, "learnt">> & { samplesPerRequest?: number | undefined };

/** A backend with the defaults of a network model filled in. */
export function createBackend({ samplesPerRequest = 1, load, ...settings }: BackendSettings): Backend {
  let loaded: Promise<LanguageModelV3> | undefined;
  return {
    order: "arrival",
    tokens: "unknown",
    hidesThinking: false,
    options: () => ({}),
    read: (result) => [readContent(result)],
    readStreamEnd: () => undefined,
    ...settings,
    learnt: { samplesPerRequest, refused: new Set() },
    load: () => {
      loaded ??= load();
      return loaded;
    },
  };
}

/** The one sample that the AI SDK makes of a reply. */
export function readContent({ content, finishReason }: LanguageModelV3GenerateResult): RawSample {
  let text = "";
  const reasoning: string[] = [];
  for (const part of content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "reasoning") reasoning.push(part.text);
  }
  return {
    text,
    reasoning: reasoning.length === 0 ? undefined : reasoning.join("\n"),
    finishReason: finishReason.unified,
  };
}
