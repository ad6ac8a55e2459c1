import { FREE } from "../prices.ts";
import { findVariable, type Provider, type ProviderContext, requireKey } from "../provider.ts";
import { compatibleBackend } from "./compatible.ts";

/** `OLLAMA_HOST` may be an address, a host, or a host and a port; a server that listens anywhere is asked here. */
function addressOf(context: ProviderContext): string {
  if (context.settings.baseUrl !== undefined) return context.settings.baseUrl;
  const host = findVariable(context, ["OLLAMA_HOST"])?.value ?? "127.0.0.1:11434";
  const written = /^https?:\/\//.test(host) ? host : `http://${host}`;
  if (!URL.canParse(written)) return "http://127.0.0.1:11434/v1";
  const url = new URL(written);
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  if (url.port === "" && !/^https?:\/\//.test(host)) url.port = "11434";
  return url.pathname === "/" ? `${url.origin}/v1` : url.href;
}

/** Models of a local Ollama server, over its OpenAI-compatible API. */
export const ollama: Provider = {
  example: "ollama/MODEL",
  open(model, context) {
    const { apiKeyEnv } = context.settings;
    return compatibleBackend(model, context, {
      baseUrl: addressOf(context),
      key: apiKeyEnv === undefined ? undefined : requireKey(context, [apiKeyEnv]).value,
      keyVariable: apiKeyEnv,
      prefill: "none",
      noThinkingParameters: { reasoning_effort: "none" },
      logprobs: false,
      // It knows no `n`.
      samplesPerRequest: 1,
      inFlight: 16,
      price: FREE,
      missingModelHint: `fetch it with: ollama pull ${model}`,
    });
  },
  status: (context) => ({ endpoint: addressOf(context) }),
};
