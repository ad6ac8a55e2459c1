import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LanguageModelV3 } from "@ai-sdk/provider";
import { InputError } from "../../thought/errors.ts";
import { createBackend } from "../backend.ts";
import { Limiter } from "../limiter.ts";
import { FREE } from "../prices.ts";
import type { Provider } from "../provider.ts";
import { readThought } from "./pooling.ts";

/** What strategies put before an answer that they show a process reward model as a last step. */
const answerLine = /^The answer is: /;

/**
 * Process reward models of nano's kind, inside this process: `nano-prm/FOLDER` names what `sojourn train` made by the method
 * process-reward. The reply is JSON with a score for each step (`rewards/step-scores.ts` reads it). An answer has the score
 * of the step that it stands behind: the head was trained on steps alone.
 */
export const nanoPrm: Provider = {
  example: "nano-prm/FOLDER",
  open(folder, { settings }) {
    if (!existsSync(join(folder, "reward_head.json"))) {
      throw new InputError(
        `nano-prm/${folder} is no process reward model: train one with a recipe of the method process-reward, and name its folder`,
      );
    }
    return createBackend({
      traits: {
        name: `nano-prm/${folder}`,
        followsInstructions: false,
        prefill: "reply",
        logprobs: false,
        scoresSteps: true,
      },
      order: "asked",
      price: FREE,
      limiter: new Limiter({ ...settings.limits, inFlight: settings.limits?.inFlight ?? 256 }),
      tokens: "exact",
      load: () => scoringModel(folder),
    });
  },
  status: () => ({}),
};

async function scoringModel(folder: string): Promise<LanguageModelV3> {
  const { loadRewardModel } = await import("../../nano/decoder/reward-model.ts");
  const model = await loadRewardModel(folder);
  return {
    specificationVersion: "v3",
    provider: "nano-prm",
    modelId: folder,
    supportedUrls: {},
    async doGenerate(options) {
      const { question, steps } = readThought(options);
      const last = steps.length > 1 && answerLine.test(steps.at(-1) ?? "") ? steps.length - 1 : steps.length;
      const thought = steps.slice(0, last);
      const scores = model.scoreSteps(question, thought);
      const behind = steps.slice(last).map(() => scores.at(-1) ?? 0);
      const read = model.countTokens(question, thought);
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
      Promise.reject(
        new InputError(`nano-prm/${folder} scores steps and streams nothing: ask it as judge alone`),
      ),
  };
}
