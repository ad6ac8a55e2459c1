import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { finishReasonSchema } from "../../thought/event.ts";
import { createBackend } from "../backend.ts";
import { Limiter } from "../limiter.ts";
import { FREE } from "../prices.ts";
import { type Provider, refuseOtherSettings } from "../provider.ts";
import { loadLlamaModule } from "./llama-cpp.ts";

/** Samples that are written at once where the settings say nothing. */
const SEQUENCES = 8;

const metadataSchema = z.object({
  gguf: z.object({
    samples: z.array(
      z.object({
        text: z.string(),
        finishReason: finishReasonSchema,
        meanLogprob: z.number().optional(),
      }),
    ),
  }),
});

/**
 * Model files in llama.cpp's GGUF format, run inside this process by node-llama-cpp where that is installed: `gguf/PATH`.
 * One thread computes unless `threads` says otherwise: more are slower where they have to share their cores.
 */
export const gguf: Provider = {
  example: "gguf/FILE.gguf",
  open(file, context) {
    refuseOtherSettings(context, ["prefill", "logprobs", "samples", "threads"]);
    const { settings } = context;
    const path = resolve(file);
    if (file === "" || !existsSync(path)) {
      throw new InputError(
        `no file ${file === "" ? "named" : file}: write gguf/PATH, with the path of a GGUF file`,
      );
    }
    const sequences = settings.samples ?? SEQUENCES;
    return createBackend({
      traits: {
        name: `gguf/${file}`,
        followsInstructions: true,
        prefill: settings.prefill ?? "reply",
        logprobs: settings.logprobs ?? true,
      },
      order: "asked",
      price: FREE,
      limiter: new Limiter({ ...settings.limits, inFlight: settings.limits?.inFlight ?? 64 }),
      tokens: "exact",
      samplesPerRequest: sequences,
      async load() {
        const { ggufModel } = await import("./gguf-model.ts");
        return ggufModel({ path, sequences, threads: settings.threads ?? 1, load: loadLlamaModule });
      },
      options: ({ samples, thinking, prefilled }) => ({
        providerOptions: {
          gguf: { seeds: samples.map(({ seed }) => seed), steps: thinking !== "none" || prefilled },
        },
      }),
      read: ({ providerMetadata }) => metadataSchema.parse(providerMetadata).gguf.samples,
      readStreamEnd(metadata) {
        const parsed = metadataSchema.safeParse(metadata);
        return parsed.success ? parsed.data.gguf.samples[0]?.meanLogprob : undefined;
      },
    });
  },
  status: () => ({}),
};
