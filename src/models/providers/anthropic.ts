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

const keyNames = ({ settings }: ProviderContext): string[] => [settings.apiKeyEnv ?? "ANTHROPIC_API_KEY"];

function addressOf(context: ProviderContext): string {
  const given = context.settings.baseUrl ?? findVariable(context, ["ANTHROPIC_BASE_URL"])?.value;
  const url = withoutSlash(given ?? "https://api.anthropic.com");
  // The variable is usually set without the version.
  return /\/v\d+$/.test(url) ? url : `${url}/v1`;
}

/**
 * Models of Anthropic. They bring one sample a request. A reply cannot be begun for them: newer ones refuse it and
 * older ones refuse one that ends in a space or a line end, as a list of steps does.
 */
export const anthropic: Provider = {
  example: "anthropic/MODEL",
  open(model, context) {
    refuseOtherSettings(context, []);
    const { name, price, limiter } = networkSettings(requireModel(model, context), context, { inFlight: 32 });
    const key = requireKey(context, keyNames(context));
    const baseURL = addressOf(context);
    return createBackend({
      traits: { name, followsInstructions: true, prefill: "none", logprobs: false },
      price,
      limiter,
      endpoint: baseURL,
      keyVariable: key.name,
      hidesThinking: true,
      async load() {
        const { createAnthropic } = await import("@ai-sdk/anthropic");
        return createAnthropic({ baseURL, apiKey: key.value, fetch: createFetch() })(model);
      },
    });
  },
  status(context) {
    const missing = findVariable(context, keyNames(context)) === undefined;
    return { endpoint: addressOf(context), needs: missing ? keyNames(context).join() : undefined };
  },
};
