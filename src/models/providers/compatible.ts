import type { JSONObject } from "@ai-sdk/provider";
import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { type Backend, createBackend, readContent } from "../backend.ts";
import { createFetch } from "../http.ts";
import type { Price } from "../prices.ts";
import {
  networkSettings,
  type Provider,
  type ProviderContext,
  requireKey,
  requireModel,
  withoutSlash,
} from "../provider.ts";
import { meanOf, readChoices, readChunkLogprobs } from "./chat-completion.ts";
import { completionsBackend } from "./completions.ts";

/** Where an OpenAI-compatible server is and how it differs from others. */
export interface CompatibleServer {
  baseUrl: string;
  key?: string | undefined;
  keyVariable?: string | undefined;
  prefill: "reply" | "none";
  /** Further parameters of a request whose prompt ends in a thought to continue. */
  prefillParameters?: JSONObject | undefined;
  /** Further parameters of a request that asks not to think. */
  noThinkingParameters?: JSONObject | undefined;
  logprobs: boolean;
  samplesPerRequest: number;
  inFlight: number;
  price?: Price | undefined;
  missingModelHint?: string | undefined;
}

/** The AI SDK passes unknown provider options under this name on to the server. */
const OPTIONS = "compatible";

const endSchema = z.object({ [OPTIONS]: z.object({ meanLogprob: z.number().optional() }) });

/** A model behind an OpenAI-compatible API: that for chat, or where the settings say so that for completions. The provider's settings go before the server's defaults. */
export function compatibleBackend(
  model: string,
  context: ProviderContext,
  server: CompatibleServer,
): Backend {
  const { settings } = context;
  if (settings.api === "completions") return completionsBackend(model, context, server);
  const { name, price, limiter } = networkSettings(requireModel(model, context), context, server);
  const baseURL = withoutSlash(settings.baseUrl ?? server.baseUrl);
  return createBackend({
    traits: {
      name,
      followsInstructions: true,
      prefill: settings.prefill ?? server.prefill,
      logprobs: settings.logprobs ?? server.logprobs,
    },
    price,
    limiter,
    endpoint: baseURL,
    keyVariable: server.keyVariable,
    missingModelHint: server.missingModelHint,
    samplesPerRequest: settings.samples ?? server.samplesPerRequest,
    async load() {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const create = createOpenAICompatible({
        name: OPTIONS,
        baseURL,
        ...(server.key === undefined ? {} : { apiKey: server.key }),
        includeUsage: true,
        fetch: createFetch(),
        metadataExtractor: {
          extractMetadata: async () => undefined,
          createStreamExtractor() {
            const logprobs: number[] = [];
            return {
              processChunk: (chunk) => void logprobs.push(...readChunkLogprobs(chunk)),
              buildMetadata() {
                const meanLogprob = meanOf(logprobs);
                return meanLogprob === undefined ? undefined : { [OPTIONS]: { meanLogprob } };
              },
            };
          },
        },
      });
      return create.chatModel(model);
    },
    options: ({ samples, thinking, prefilled, logprobs }) => ({
      providerOptions: {
        [OPTIONS]: {
          ...(samples.length > 1 && { n: samples.length }),
          ...(logprobs && { logprobs: true }),
          ...(prefilled && server.prefillParameters),
          ...(thinking === "none" && server.noThinkingParameters),
        },
      },
    }),
    read: (result) => readChoices(result.response?.body) ?? [readContent(result)],
    readStreamEnd(metadata) {
      const parsed = endSchema.safeParse(metadata);
      return parsed.success ? parsed.data[OPTIONS].meanLogprob : undefined;
    },
  });
}

/** A provider named in `sojourn.yaml`: any server with an OpenAI-compatible chat API. */
export const compatible: Provider = {
  example: "NAME/MODEL",
  open(model, context) {
    const { baseUrl, apiKeyEnv } = context.settings;
    if (baseUrl === undefined) {
      throw new InputError(`provider "${context.provider}" has no address: set its baseUrl in sojourn.yaml`);
    }
    return compatibleBackend(model, context, {
      baseUrl,
      key: apiKeyEnv === undefined ? undefined : requireKey(context, [apiKeyEnv]).value,
      keyVariable: apiKeyEnv,
      prefill: "none",
      logprobs: false,
      samplesPerRequest: 64,
      inFlight: 64,
    });
  },
  status({ settings: { baseUrl, apiKeyEnv }, environment }) {
    if (baseUrl === undefined) return { needs: "baseUrl in sojourn.yaml" };
    const missing = apiKeyEnv !== undefined && !environment[apiKeyEnv];
    return { endpoint: baseUrl, needs: missing ? apiKeyEnv : undefined };
  },
};
