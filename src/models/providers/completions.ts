import { z } from "zod";
import { finishReasonSchema } from "../../thought/event.ts";
import { type Backend, createBackend } from "../backend.ts";
import { readChatTemplate } from "../chat-template.ts";
import { networkSettings, type ProviderContext, requireModel, withoutSlash } from "../provider.ts";
import type { CompatibleServer } from "./compatible.ts";
import { completionsModel } from "./completions-model.ts";

const metadataSchema = z.object({
  completions: z.object({
    samples: z.array(
      z.object({
        text: z.string(),
        finishReason: finishReasonSchema,
        meanLogprob: z.number().optional(),
      }),
    ),
  }),
});
const endSchema = z.object({ completions: z.object({ meanLogprob: z.number().optional() }) });

/**
 * A model asked over `/v1/completions` in place of the chat API (`api: completions` of the provider): the server continues
 * a text that we write, so that any thought can be continued, and base models without a chat template can be asked.
 */
export function completionsBackend(
  model: string,
  context: ProviderContext,
  server: CompatibleServer,
): Backend {
  const { settings } = context;
  const { name, price, limiter } = networkSettings(requireModel(model, context), context, server);
  const baseUrl = withoutSlash(settings.baseUrl ?? server.baseUrl);
  return createBackend({
    traits: {
      name,
      followsInstructions: true,
      prefill: settings.prefill ?? "reply",
      logprobs: settings.logprobs ?? server.logprobs,
    },
    price,
    limiter,
    endpoint: baseUrl,
    keyVariable: server.keyVariable,
    missingModelHint: server.missingModelHint,
    samplesPerRequest: settings.samples ?? server.samplesPerRequest,
    async load() {
      const template =
        settings.template === undefined ? undefined : await readChatTemplate(settings.template);
      return completionsModel({ model, baseUrl, key: server.key, template });
    },
    options: ({ samples, thinking, logprobs, prefilled }) => ({
      providerOptions: {
        completions: { n: samples.length, logprobs, steps: thinking !== "none" || prefilled },
      },
    }),
    read: ({ providerMetadata }) => metadataSchema.parse(providerMetadata).completions.samples,
    readStreamEnd(metadata) {
      const parsed = endSchema.safeParse(metadata);
      return parsed.success ? parsed.data.completions.meanLogprob : undefined;
    },
  });
}
