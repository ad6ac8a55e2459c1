import { InputError } from "../../thought/errors.ts";
import { readModel } from "../checkpoint.ts";
import { readRewardHead } from "../reward-head.ts";
import { thoughtTokens } from "../thought-tokens.ts";
import { KernelMemory } from "./kernels.ts";
import { Nano } from "./nano.ts";
import type { NanoStepScorer } from "./step-scorer.ts";

/** Outputs that the kernels compute at once; the head is the first of them. */
const panel = 8;

/**
 * Loads the process reward model in a folder: a model with a head that says how likely a step is right. Throws
 * {@link InputError} where there is none.
 */
export async function loadRewardModel(folder: string): Promise<NanoStepScorer> {
  const [memory, model] = await Promise.all([KernelMemory.load(), readModel(folder)]);
  const { hidden_size: hidden, max_position_embeddings: context } = model.config;
  const { weight, bias } = await readRewardHead(folder, hidden);
  const output = new Float32Array(panel * hidden);
  output.set(weight);
  const nano = new Nano(memory, { ...model, output });
  const tokensOf = (question: string, thought: readonly string[]) =>
    thoughtTokens(model.tokenizer, { question, thought });
  return {
    context,
    countTokens: (question, steps) => tokensOf(question, steps).ids.length,
    scoreSteps(question, steps) {
      const { ids, stepEnds } = tokensOf(question, steps);
      if (ids.length > context)
        throw new InputError(
          `a thought of ${ids.length} tokens is longer than the ${context} that ${folder} reads`,
        );
      const rows = nano.logits(ids);
      return stepEnds.map((end) => 1 / (1 + Math.exp(-((rows[end]?.[0] ?? 0) + bias))));
    },
  };
}
