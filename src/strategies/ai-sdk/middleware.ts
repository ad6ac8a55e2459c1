import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Middleware,
} from "@ai-sdk/provider";
import type { Backend } from "../../models/backend.ts";
import { type BackendOfOptions, backendOf } from "../../models/backend-of.ts";
import type { ThinkOptions } from "../think-aloud.ts";
import { strategyModel } from "./strategy-model.ts";

/** How a wrapped model is made to think. */
export interface SojournMiddlewareOptions extends Omit<ThinkOptions, "model" | "signal" | "show"> {
  /** What strategies have to know of the wrapped model, its price and its limits; see {@link backendOf}. */
  backend?: Pick<BackendOfOptions, "traits" | "price" | "limits"> | undefined;
}

/**
 * Middleware of the AI SDK that lets any model think with a strategy: each call becomes as many calls of the wrapped model
 * as the strategy needs, with the same headers and provider options.
 *
 * @example
 * const model = wrapLanguageModel({ model: openai("gpt-5-mini"), middleware: sojournMiddleware({ strategy: "vote" }) });
 */
export function sojournMiddleware(options: SojournMiddlewareOptions = {}): LanguageModelV3Middleware {
  const { backend: described, ...made } = options;
  // One backend for each wrapped model: all calls keep to one set of limits and learn from each other.
  const backends = new WeakMap<LanguageModelV3, Backend>();

  function thinking(model: LanguageModelV3, { providerOptions, headers }: LanguageModelV3CallOptions) {
    let backend = backends.get(model);
    if (backend === undefined) {
      backend = backendOf(model, described);
      backends.set(model, backend);
    }
    const sent = { ...(providerOptions && { providerOptions }), ...(headers && { headers }) };
    const think: ThinkOptions = { ...made, model: { ...backend, options: () => sent } };
    return strategyModel({ think, provider: model.provider, modelId: nameOver(model) });
  }

  const nameOver = ({ modelId }: LanguageModelV3): string => {
    const { strategy = "auto" } = made;
    return `${typeof strategy === "string" ? strategy : strategy.name || "own"}+${modelId}`;
  };

  return {
    specificationVersion: "v3",
    overrideModelId: ({ model }) => nameOver(model),
    wrapGenerate: ({ model, params }) => thinking(model, params).doGenerate(params),
    wrapStream: ({ model, params }) => thinking(model, params).doStream(params),
  };
}
