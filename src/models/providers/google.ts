import { createBackend } from "../backend.ts";
import { createFetch } from "../http.ts";
import {
  findVariable,
  networkSettings,
  type Provider,
  type ProviderContext,
  refuseOtherSettings,
  requireKey,
  requireModel,
  withoutSlash,
} from "../provider.ts";

function keyNames({ settings }: ProviderContext): string[] {
  return settings.apiKeyEnv === undefined
    ? ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"]
    : [settings.apiKeyEnv];
}

function addressOf({ settings }: ProviderContext): string {
  return withoutSlash(settings.baseUrl ?? "https://generativelanguage.googleapis.com/v1beta");
}

/** Models of Google, one sample a request, with summaries of their thinking where they think. */
export const google: Provider = {
  example: "google/MODEL",
  open(model, context) {
    refuseOtherSettings(context, []);
    const { name, price, limiter } = networkSettings(requireModel(model, context), context, { inFlight: 32 });
    const key = requireKey(context, keyNames(context));
    const baseURL = addressOf(context);
    const thinks = /^gemini-(?:2\.5|[3-9])/.test(model);
    return createBackend({
      traits: { name, followsInstructions: true, prefill: "none", logprobs: false },
      price,
      limiter,
      endpoint: baseURL,
      keyVariable: key.name,
      hidesThinking: true,
      async load() {
        const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
        return createGoogleGenerativeAI({ baseURL, apiKey: key.value, fetch: createFetch() })(model);
      },
      options({ thinking }) {
        if (!thinks) return {};
        const thinkingConfig = thinking === "none" ? leastThinking(model) : { includeThoughts: true };
        return { providerOptions: { google: { thinkingConfig } } };
      },
    });
  },
  status(context) {
    const missing = findVariable(context, keyNames(context)) === undefined;
    return { endpoint: addressOf(context), needs: missing ? keyNames(context).join(" or ") : undefined };
  },
};

/** The least that a model can be told to think: only the smaller ones of version 2.5 can be told not to. */
function leastThinking(model: string): { thinkingBudget: number } | { thinkingLevel: "low" } {
  if (!model.startsWith("gemini-2.5")) return { thinkingLevel: "low" };
  return { thinkingBudget: model.includes("pro") ? 128 : 0 };
}
