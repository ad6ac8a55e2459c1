import type { FinishReason } from "../thought/event.ts";
import type { Turn } from "../thought/question.ts";
import type { ChoosingRole } from "../thought/role-choices.ts";
import type { Role } from "../thought/usage.ts";

/** What a model is asked, in a form that every provider can carry. */
export interface Prompt {
  /** Instructions. Left out for a model that follows none (see {@link ModelTraits.followsInstructions}). */
  system?: string | undefined;
  /** The conversation; the last turn is the user's. */
  messages: readonly Turn[];
  /** The thought so far, which the model continues. Only where {@link ModelTraits.prefill} allows it. */
  prefill?: string | undefined;
  /** The answer behind the thought, where a role is asked to choose about it. */
  answer?: string | undefined;
}

/** What a strategy has to know of a model in order to prompt it. */
export interface ModelTraits {
  /** `provider/model`, or `nano`. */
  name: string;
  /** False for a model, such as nano, that knows its questions alone and no instructions. */
  followsInstructions: boolean;
  /** Where the thought so far may be put for the model to continue: its thinking, its reply, or nowhere. */
  prefill: "thinking" | "reply" | "none";
  /** True where log-probabilities come back. */
  logprobs: boolean;
  /** True where a reply can be held to a JSON schema. Default false. */
  structured?: boolean | undefined;
  /** True for a process reward model: it writes nothing, and scores each line of the thought in the prompt. Default false. */
  scoresSteps?: boolean | undefined;
  /** Roles whose choices the model gives as probabilities, see {@link SampleRequest.choose}. Default none. */
  chooses?: readonly ChoosingRole[] | undefined;
  /** Tells whether a question is of a kind that the model knows. Absent for models that may be asked anything. */
  accepts?: ((question: string) => boolean) | undefined;
  /** What to say of a question that it does not know: one line with the way out. */
  outOfScope?: string | undefined;
}

/** A piece of a streamed reply. Shown while it comes, never stored. */
export interface Delta {
  sample: number;
  /** `restarted` (with an empty text): the stream broke and is asked for again; what was shown of it is void. */
  kind: "reasoning" | "text" | "restarted";
  text: string;
}

/** A JSON schema as plain JSON, such as `z.toJSONSchema` writes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One request for n samples of one prompt. */
export interface SampleRequest {
  role: Role;
  /** The place in the strategy that asks, such as `answer` or `expand:0.1`; part of the call's key. */
  site: string;
  prompt: Prompt;
  /** How many samples. Default 1. */
  samples?: number | undefined;
  /** Index of the first of them: part of the call's key and of its seed. Default 0. */
  firstSample?: number | undefined;
  /** Most tokens a sample may have, thinking included; this much is reserved from the budget. */
  maxTokens: number;
  /** Default: the provider's own. */
  temperature?: number | undefined;
  topP?: number | undefined;
  /** Texts at which a sample ends; the text itself is left out. */
  stop?: readonly string[] | undefined;
  /** Holds the reply to this JSON schema, where {@link ModelTraits.structured} allows it; ignored elsewhere. */
  schema?: JsonSchema | undefined;
  /**
   * Asks for one word of a role's choices (`thought/role-choices.ts`) about the question and the thought so far. Only
   * where {@link ModelTraits.chooses} names the role.
   */
  choose?: ChoosingRole | undefined;
  /** `none` asks a model that thinks by itself not to. Default: the model's own way. */
  thinking?: "default" | "none" | undefined;
  /** Streams the call and shows what comes. */
  onDelta?: ((delta: Delta) => void) | undefined;
  /**
   * Asked now and then, while a streamed call goes on, what has come of its sample, thinking before text. Where it says so
   * the stream is closed: what came is the sample, its output counted with a tokenizer, `finishReason` being `other`.
   */
  endsEarly?: ((soFar: string) => boolean) | undefined;
  /** Stops these samples alone, such as those that an early stop no longer needs. */
  signal?: AbortSignal | undefined;
  /**
   * True where `signal` is likely to fire: a call that brings a single sample is then streamed, so that what it had said
   * when it was stopped is counted. Default false.
   */
  cancellable?: boolean | undefined;
}

/** One sample that came back. */
export interface Sample {
  index: number;
  text: string;
  reasoning?: string | undefined;
  finishReason: FinishReason;
  /** Mean log-probability of its tokens, where the backend has it. */
  meanLogprob?: number | undefined;
  /** The probability of each word, for a sample that chose one. */
  choices?: Readonly<Record<string, number>> | undefined;
  /**
   * Gives back what the call reserved beyond what it used. Called when the sample is taken up, in the order in
   * which results are told, so that what is left of a budget never depends on what arrived first. Idempotent.
   */
  settle(): void;
}

/**
 * The one way to a model. Limits, retries, streaming, the log, the ledger and the budget are behind it.
 */
export interface ModelClient {
  /** The traits of the model that plays a role. */
  traits(role: Role): ModelTraits;
  /**
   * One promise a sample, in index order. The budget is reserved before this returns; where it does not reach,
   * the promises reject with `BudgetExhaustedError`. n samples are n samples: a backend that brings back fewer is
   * asked again.
   */
  sample(request: SampleRequest): Promise<Sample>[];
  /** All samples, settled in index order. */
  generate(request: SampleRequest): Promise<Sample[]>;
}
