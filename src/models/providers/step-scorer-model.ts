import type { LanguageModelV3 } from "@ai-sdk/provider";
import type { NanoStepScorer } from "../../nano/decoder/step-scorer.ts";
import { InputError } from "../../thought/errors.ts";
import { type Backend, createBackend } from "../backend.ts";
import { Limiter } from "../limiter.ts";
import { FREE } from "../prices.ts";
import type { ProviderSettings } from "../providers-config.ts";
import { readThought } from "./pooling.ts";

/** What strategies put before an answer that they show a process reward model as a last step. */
const answerLine = /^The answer is: /;

/** Which scorer it is, and how it is loaded. */
interface ScorerOf {
  /** The provider's name, such as `nano-prm`. */
  provider: string;
  /** As it is named, such as `nano-prm/FOLDER`. */
  name: string;
  settings: ProviderSettings;
  load: () => Promise<NanoStepScorer>;
}

/**
 * A scorer of steps of nano's kind as a process reward model inside this process. The reply is JSON with a score for each
 * step (`rewards/step-scores.ts` reads it). An answer has the score of the step that it stands behind: it is no step.
 */
export function stepScorerBackend({ provider, name, settings, load }: ScorerOf): Backend {
  return createBackend({
    traits: { name, followsInstructions: false, prefill: "reply", logprobs: false, scoresSteps: true },
    order: "asked",
    price: FREE,
    limiter: new Limiter({ ...settings.limits, inFlight: settings.limits?.inFlight ?? 256 }),
    tokens: "exact",
    load: async () => stepScorerModel(await load(), { provider, name }),
  });
}

function stepScorerModel(
  scorer: NanoStepScorer,
  { provider, name }: Pick<ScorerOf, "provider" | "name">,
): LanguageModelV3 {
  return {
    specificationVersion: "v3",
    provider,
    modelId: name,
    supportedUrls: {},
    async doGenerate(options) {
      const { question, steps } = readThought(options);
      const last = steps.length > 1 && answerLine.test(steps.at(-1) ?? "") ? steps.length - 1 : steps.length;
      const thought = steps.slice(0, last);
      const scores = scorer.scoreSteps(question, thought);
      const behind = steps.slice(last).map(() => scores.at(-1) ?? 0);
      const read = scorer.countTokens(question, thought);
      return {
        content: [{ type: "text", text: JSON.stringify({ scores: [...scores, ...behind] }) }],
        finishReason: { unified: "stop", raw: undefined },
        usage: {
          inputTokens: { total: read, noCache: read, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 0, text: 0, reasoning: undefined },
        },
        warnings: [],
      };
    },
    doStream: () =>
      Promise.reject(new InputError(`${name} scores steps and streams nothing: ask it as judge alone`)),
  };
}
