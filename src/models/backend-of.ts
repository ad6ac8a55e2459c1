import type { LanguageModelV3, LanguageModelV3CallOptions } from "@ai-sdk/provider";
import { type Backend, createBackend } from "./backend.ts";
import type { ModelTraits } from "./client.ts";
import { Limiter, type Limits } from "./limiter.ts";
import { type Price, priceOf } from "./prices.ts";

/** What the AI SDK's own description of a model leaves open. */
export interface BackendOfOptions {
  /**
   * What strategies have to know of it. Default: named `provider/model`, follows instructions, cannot continue a thought
   * and reports no log-probabilities.
   */
  traits?: Partial<ModelTraits> | undefined;
  /** Default: the list price where the provider and the model are known. */
  price?: Price | undefined;
  /** Default: 64 requests in flight. */
  limits?: Limits | undefined;
  /** Sent with every call, as the provider understands them. Default none. */
  providerOptions?: LanguageModelV3CallOptions["providerOptions"];
  /** Sent with every call over HTTP. Default none. */
  headers?: LanguageModelV3CallOptions["headers"];
}

/**
 * A backend over any model of the AI SDK (specification V3), such as `anthropic("claude-haiku-4-5")`, so that strategies
 * can think with it. One sample a request, told as it arrives. Callers that share the backend share its limits.
 */
export function backendOf(model: LanguageModelV3, options: BackendOfOptions = {}): Backend {
  // "openai.responses" and "openai.chat" are one provider.
  const [provider = model.provider] = model.provider.split(".");
  const { providerOptions, headers } = options;
  return createBackend({
    traits: {
      name: `${provider}/${model.modelId}`,
      followsInstructions: true,
      prefill: "none",
      logprobs: false,
      ...options.traits,
    },
    price: options.price ?? priceOf(provider, model.modelId),
    limiter: new Limiter({ ...options.limits, inFlight: options.limits?.inFlight ?? 64 }),
    load: async () => model,
    options: () => ({ ...(providerOptions && { providerOptions }), ...(headers && { headers }) }),
  });
}
