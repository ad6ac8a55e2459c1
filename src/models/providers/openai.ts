import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { type Backend, createBackend, readContent } from "../backend.ts";
import { createFetch } from "../http.ts";
import {
  findKey,
  findVariable,
  isLoopback,
  networkSettings,
  type Provider,
  type ProviderContext,
  refuseOtherSettings,
  requireKey,
  requireModel,
  withoutSlash,
} from "../provider.ts";
import { meanOf, readChoices } from "./chat-completion.ts";
import { compatibleBackend } from "./compatible.ts";

const OFFICIAL = "https://api.openai.com/v1";

const keyNames = ({ settings }: ProviderContext): string[] => [settings.apiKeyEnv ?? "OPENAI_API_KEY"];

function addressOf(context: ProviderContext): string {
  return withoutSlash(
    context.settings.baseUrl ?? findVariable(context, ["OPENAI_BASE_URL"])?.value ?? OFFICIAL,
  );
}

function isOfficial(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === "api.openai.com";
}

/**
 * Models of OpenAI, over its chat API, which brings n samples a request. Where `OPENAI_BASE_URL` names another
 * server, that is taken to be an OpenAI-compatible one, and on this machine to need no key.
 */
export const openai: Provider = {
  example: "openai/MODEL",
  open(model, context) {
    const baseUrl = addressOf(context);
    if (!URL.canParse(baseUrl)) throw new InputError(`OPENAI_BASE_URL is not a web address: ${baseUrl}`);
    if (isOfficial(baseUrl)) return openaiBackend(model, context, baseUrl);
    const key = isLoopback(baseUrl)
      ? findKey(context, keyNames(context))
      : requireKey(context, keyNames(context));
    return compatibleBackend(model, context, {
      baseUrl,
      key: key?.value,
      keyVariable: keyNames(context)[0],
      prefill: "none",
      logprobs: false,
      samplesPerRequest: 64,
      inFlight: 64,
    });
  },
  status(context) {
    const endpoint = addressOf(context);
    const missing = !isLoopback(endpoint) && findVariable(context, keyNames(context)) === undefined;
    return { endpoint, needs: missing ? keyNames(context).join() : undefined };
  },
};

/** A header that carries the number of samples from the call to {@link withSamples}; it is never sent. */
const SAMPLES_HEADER = "x-samples";

const bodySchema = z.record(z.string(), z.json());
const logprobsSchema = z.object({
  openai: z.object({ logprobs: z.array(z.object({ logprob: z.number() })).optional() }),
});

/** A model of OpenAI itself. */
export function openaiBackend(model: string, context: ProviderContext, baseURL: string): Backend {
  refuseOtherSettings(context, ["logprobs", "samples"]);
  const { settings } = context;
  const { name, price, limiter } = networkSettings(requireModel(model, context), context, { inFlight: 64 });
  const key = requireKey(context, keyNames(context));
  const thinks = /^(?:o\d|gpt-5)/.test(model);
  return createBackend({
    traits: { name, followsInstructions: true, prefill: "none", logprobs: settings.logprobs ?? !thinks },
    price,
    limiter,
    endpoint: baseURL,
    keyVariable: key.name,
    tokens: "o200k",
    hidesThinking: true,
    samplesPerRequest: settings.samples ?? 64,
    async load() {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ baseURL, apiKey: key.value, fetch: withSamples(createFetch()) }).chat(model);
    },
    options: ({ samples, thinking, logprobs }) => ({
      headers: samples.length > 1 ? { [SAMPLES_HEADER]: String(samples.length) } : {},
      providerOptions: {
        openai: {
          ...(logprobs && { logprobs: true }),
          ...(thinks && thinking === "none" && { reasoningEffort: leastEffort(model) }),
        },
      },
    }),
    read: (result) => readChoices(result.response?.body) ?? [readContent(result)],
    readStreamEnd(metadata) {
      const parsed = logprobsSchema.safeParse(metadata);
      return parsed.success ? meanOf(parsed.data.openai.logprobs?.map(({ logprob }) => logprob)) : undefined;
    },
  });
}

/** The SDK has no setting for `n`, so it is put into the request on its way out. */
function withSamples(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    const samples = headers.get(SAMPLES_HEADER);
    if (samples === null || typeof init?.body !== "string") return fetch(input, init);
    headers.delete(SAMPLES_HEADER);
    const body = bodySchema.parse(JSON.parse(init.body));
    return fetch(input, { ...init, headers, body: JSON.stringify({ ...body, n: Number(samples) }) });
  };
}

function leastEffort(model: string): "none" | "minimal" | "low" {
  if (/^gpt-5\.\d/.test(model)) return "none";
  return model.startsWith("gpt-5") ? "minimal" : "low";
}
