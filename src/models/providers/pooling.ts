import type { LanguageModelV3, LanguageModelV3CallOptions } from "@ai-sdk/provider";
import { z } from "zod";
import { InputError } from "../../thought/errors.ts";
import { createBackend } from "../backend.ts";
import { readChatTemplate } from "../chat-template.ts";
import { BrokenReplyError } from "../failures.ts";
import { postJson } from "../post-json.ts";
import { FREE } from "../prices.ts";
import {
  findVariable,
  networkSettings,
  type Provider,
  type ProviderContext,
  requireKey,
  requireModel,
  withoutSlash,
} from "../provider.ts";
import {
  poolingScoring,
  type ScoredThought,
  type StepScoring,
  tokenScoring,
  turnScoring,
} from "./step-scoring.ts";

/** The server's root: the pooling API stands beside the versioned one. */
function rootOf({ settings, ...context }: ProviderContext): string {
  const given = settings.baseUrl ?? findVariable({ settings, ...context }, ["VLLM_BASE_URL"])?.value;
  return withoutSlash(given ?? "http://127.0.0.1:8000/v1").replace(/\/v\d+$/, "");
}

/**
 * Process reward models behind a vLLM server, such as `prm/Qwen/Qwen2.5-Math-PRM-7B`. They write nothing: asked about a
 * question and the thought behind it, a line a step, the reply is JSON with a score for each step (`rewards/step-scores.ts`
 * reads it). The provider's `scores` say how the model is asked, see `step-scoring.ts`.
 */
export const prm: Provider = {
  example: "prm/MODEL",
  open(model, context) {
    const { settings } = context;
    const { name, price, limiter } = networkSettings(requireModel(model, context), context, {
      inFlight: 64,
      price: FREE,
    });
    const keyVariable = settings.apiKeyEnv ?? findVariable(context, ["VLLM_API_KEY"])?.name;
    const key = keyVariable === undefined ? undefined : requireKey(context, [keyVariable]).value;
    const { by, ...tokens } = settings.scores ?? {};
    const { template } = settings;
    if (by === "turns" && template === undefined) {
      throw new InputError(
        `${name} is asked in turns, so it needs its chat template: set template of the provider in sojourn.yaml to its tokenizer_config.json`,
      );
    }
    const root = rootOf(context);
    return createBackend({
      traits: { name, followsInstructions: false, prefill: "reply", logprobs: false, scoresSteps: true },
      price,
      limiter,
      endpoint: root,
      keyVariable: keyVariable ?? "VLLM_API_KEY",
      missingModelHint: "name the model that the server was started with",
      // What it reports is of a thought that it reads, and has nothing to do with the text of the scores.
      tokens: "exact",
      async load() {
        const scoring =
          by === "turns" && template !== undefined
            ? turnScoring(tokens, await readChatTemplate(template))
            : by === "tokens"
              ? tokenScoring(tokens)
              : poolingScoring(tokens);
        return scoringModel(model, { root, key, scoring });
      },
    });
  },
  status: (context) => ({ endpoint: rootOf(context) }),
};

const usageSchema = z.object({
  usage: z.object({
    prompt_tokens: z.int().nonnegative(),
    completion_tokens: z.int().nonnegative().nullish(),
  }),
});

function scoringModel(
  model: string,
  { root, key, scoring }: { root: string; key: string | undefined; scoring: StepScoring },
): LanguageModelV3 {
  return {
    specificationVersion: "v3",
    provider: "prm",
    modelId: model,
    supportedUrls: {},
    async doGenerate(options) {
      const thought = readThought(options);
      const target = { url: root + scoring.path, key, signal: options.abortSignal };
      const response = await postJson(target, scoring.body(model, thought));
      const reply = await readJson(response);
      const usage = usageSchema.safeParse(reply);
      const { prompt_tokens: input, completion_tokens: output } = usage.data?.usage ?? {};
      const scores = scoring.read(reply, thought.steps.length);
      return {
        content: [{ type: "text", text: JSON.stringify({ scores }) }],
        finishReason: { unified: "stop", raw: undefined },
        usage: {
          inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: output ?? 0, text: output ?? 0, reasoning: undefined },
        },
        warnings: [],
      };
    },
    doStream() {
      return Promise.reject(
        new InputError(`${model} scores steps and streams nothing: ask it as judge alone`),
      );
    },
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new BrokenReplyError("garbled", `not JSON: ${text.slice(0, 80)}`);
  }
}

/** The question and the lines of the thought behind it. Throws an InputError where there is no thought. */
export function readThought({ prompt }: LanguageModelV3CallOptions): ScoredThought {
  const texts = { user: "", assistant: "" };
  for (const { role, content } of prompt) {
    if (role !== "user" && role !== "assistant") continue;
    texts[role] = content.flatMap((part) => (part.type === "text" ? part.text : [])).join("");
  }
  const steps = texts.assistant.split("\n").filter((line) => line.trim() !== "");
  if (steps.length === 0) {
    throw new InputError(
      "a process reward model scores thoughts and says nothing itself: name it as --role judge=prm/MODEL with --reward prm",
    );
  }
  return { question: texts.user, steps };
}
