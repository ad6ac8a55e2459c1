import { type LanguageModelV3, NoSuchModelError, type ProviderV3 } from "@ai-sdk/provider";
import { parseModelName } from "../model-name.ts";
import type { ThinkOptions } from "../think-aloud.ts";
import { strategyModel } from "./strategy-model.ts";

/** How a thinking model is made; strategy and model are in its name, and each call has a signal of its own. */
export type SojournOptions = Omit<ThinkOptions, "strategy" | "model" | "signal" | "show">;

/** A provider of the AI SDK: call it with a model's name, or give it to `createProviderRegistry`. */
export interface SojournProvider extends ProviderV3 {
  /**
   * A strategy over a model, by `strategy+provider/model`. Throws an InputError for a strategy that does not exist; what is
   * wrong with the model, the first call says.
   */
  (name: string, options?: SojournOptions): LanguageModelV3;
}

/** A provider whose models share these options; those given with a name go before them. */
export function createSojourn(shared: SojournOptions = {}): SojournProvider {
  const open = (name: string, options: SojournOptions = {}): LanguageModelV3 =>
    strategyModel({
      think: { ...shared, ...options, ...parseModelName(name) },
      provider: "sojourn",
      modelId: name,
    });
  const none = (modelType: "embeddingModel" | "imageModel") => (modelId: string) => {
    throw new NoSuchModelError({ modelId, modelType });
  };
  return Object.assign(open, {
    specificationVersion: "v3" as const,
    languageModel: (name: string) => open(name),
    embeddingModel: none("embeddingModel"),
    imageModel: none("imageModel"),
  });
}

/**
 * Strategies as models of the AI SDK.
 *
 * @example
 * const { reasoningText, text } = await generateText({ model: sojourn("vote+nano"), prompt: "Is 9.11 or 9.7 larger?" });
 */
export const sojourn: SojournProvider = createSojourn();
