import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { type QuestionDetector, readDetector } from "../../nano/detector/detector.ts";
import { markers } from "../../nano/format.ts";
import { finishReasonSchema } from "../../thought/event.ts";
import type { ChoosingRole } from "../../thought/role-choices.ts";
import { createBackend } from "../backend.ts";
import type { ModelTraits } from "../client.ts";
import { Limiter } from "../limiter.ts";
import { FREE } from "../prices.ts";
import { type Provider, refuseOtherSettings } from "../provider.ts";

const metadataSchema = z.object({
  nano: z.object({
    samples: z.array(
      z.object({
        text: z.string(),
        reasoning: z.string().optional(),
        finishReason: finishReasonSchema,
        // A sample without tokens has no mean.
        meanLogprob: z.number().optional().catch(undefined),
        choices: z.record(z.string(), z.number()).optional(),
      }),
    ),
  }),
});
const endSchema = z.object({
  nano: z.object({ samples: z.array(z.object({ meanLogprob: z.number().optional().catch(undefined) })) }),
});

/**
 * Our own model, inside this process: `nano` is the shipped one, `nano/FOLDER` another checkpoint. It follows no
 * instructions, thinks by itself, and takes the thought so far as the beginning of its thinking.
 */
export const nano: Provider = {
  example: "nano",
  open(folder, context) {
    refuseOtherSettings(context, ["samples", "threads"]);
    const { settings } = context;
    return createBackend({
      traits: {
        name: folder === "" ? "nano" : `nano/${folder}`,
        followsInstructions: false,
        prefill: "thinking",
        logprobs: true,
        chooses: rolesOf(folder),
        ...scopeOf(folder),
      },
      order: "asked",
      price: FREE,
      // Requests share batches, and the decoder puts those first whose question came first: it should know of all.
      limiter: new Limiter({ ...settings.limits, inFlight: settings.limits?.inFlight ?? 4096 }),
      tokens: "exact",
      samplesPerRequest: settings.samples ?? 64,
      async load() {
        const { nanoModel } = await import("../../nano/language-model.ts");
        const threads = settings.threads ?? availableParallelism();
        return nanoModel({ threads, ...(folder !== "" && { folder }) });
      },
      options: ({ samples, thinking, choose }) => ({
        providerOptions: {
          nano: {
            samples: samples.length,
            // A seed each, so that a sample does not depend on what it is asked together with.
            seeds: samples.map(({ seed }) => seed),
            think: thinking !== "none",
            ...(choose && { role: choose }),
          },
        },
      }),
      read: ({ providerMetadata }) => metadataSchema.parse(providerMetadata).nano.samples,
      readStreamEnd(metadata) {
        const parsed = endSchema.safeParse(metadata);
        return parsed.success ? parsed.data.nano.samples[0]?.meanLogprob : undefined;
      },
    });
  },
  status: () => ({}),
};

/** The roles that a checkpoint was trained for: those whose marker its tokenizer has. */
function rolesOf(folder: string): ChoosingRole[] {
  const file = fileOf(folder, "tokenizer.json");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return (["judge", "critic", "router"] as const).filter((role) => text.includes(`"${markers[role]}"`));
}

/** A file of a checkpoint; of the shipped one for the empty folder. */
function fileOf(folder: string, name: string): URL {
  if (folder === "") return new URL(`../../../weights/nano/${name}`, import.meta.url);
  return pathToFileURL(resolve(folder, name));
}

/** Which questions a checkpoint knows, where it comes with a detector of them. */
function scopeOf(folder: string): Pick<ModelTraits, "accepts" | "outOfScope"> {
  const file = fileOf(folder, "detector.json");
  if (!existsSync(file)) return {};
  let detector: QuestionDetector | undefined;
  return {
    accepts(question) {
      detector ??= readDetector(file);
      return detector.accepts(question);
    },
    outOfScope:
      "nano is small: it compares decimals, counts letters, works out + - and *, solves linear equations, reads the letter-pair cipher and plays Countdown; for other questions name a larger model, such as --model ollama/NAME or openai/NAME (see sojourn models)",
  };
}
