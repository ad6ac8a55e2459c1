import { InputError } from "../../thought/errors.ts";
import { thoughtTokens } from "../thought-tokens.ts";
import { logProbabilities } from "./log-probabilities.ts";
import { loadNano } from "./nano.ts";
import type { NanoStepScorer } from "./step-scorer.ts";

/**
 * Loads the model in a folder as a scorer of steps: how likely it would itself have written each step behind the question
 * and the steps before it, as the geometric mean of its tokens' probabilities at temperature 1, in (0, 1]. So steps that
 * others wrote have what the reward likelihood gives to its own. Throws {@link InputError} where there is no model.
 */
export async function loadThoughtLikelihood(folder: string): Promise<NanoStepScorer> {
  const nano = await loadNano(folder);
  const { max_position_embeddings: context } = nano.config;
  const tokensOf = (question: string, thought: readonly string[]) =>
    thoughtTokens(nano.tokenizer, { question, thought });
  return {
    context,
    countTokens: (question, steps) => tokensOf(question, steps).ids.length,
    scoreSteps(question, steps) {
      const { ids, given, stepEnds } = tokensOf(question, steps);
      if (ids.length > context)
        throw new InputError(
          `a thought of ${ids.length} tokens is longer than the ${context} that ${folder} reads`,
        );
      const found = logProbabilities(nano, ids);
      return stepEnds.map((end, index) => {
        const start = index === 0 ? given : (stepEnds[index - 1] ?? 0) + 1;
        const mean = found.slice(start, end + 1).reduce((sum, value) => sum + value, 0) / (end + 1 - start);
        // Rounding may give a log-probability a hair above 0.
        return Math.min(1, Math.exp(mean));
      });
    },
  };
}
