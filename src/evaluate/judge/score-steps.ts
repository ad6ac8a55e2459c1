import type { Policy } from "../../strategies/policy.ts";
import type { StrategyEntry } from "../../strategies/registry.ts";
import { thoughtReward } from "../../strategies/reward-for.ts";
import { runSearch } from "../../strategies/run-search.ts";
import { InputError } from "../../thought/errors.ts";
import { scorePath } from "./score-path.ts";

/**
 * A strategy that thinks nothing of its own: it takes a recorded thought as if the policy had written it and has the
 * settings' reward score each step by itself, unless `settings.aggregate` says how a step's score is made of those before.
 *
 * @param stepsOf the recorded steps of a question, by its id
 */
export function scoreSteps(stepsOf: (question: string) => readonly string[]): StrategyEntry {
  return {
    name: "judge",
    description: "scores the steps of a recorded thought",
    defaults: { aggregate: "last", summaries: false, writer: false },
    async run(question, think) {
      const reward = thoughtReward(think);
      if (reward === undefined || reward.outcome === true || reward.name === "likelihood") {
        const name = reward?.name ?? think.settings.reward;
        const way =
          name === "likelihood"
            ? "no model has reported their log-probabilities; what nano makes of them is --reward prm --role judge=nano-likelihood"
            : "use judge, rollouts or prm";
        throw new InputError(`the reward ${name} cannot score recorded steps; ${way}`);
      }
      const steps = stepsOf(question.id);
      const search = scorePath();
      const policy: Policy = () => [Promise.resolve({ proposal: { steps: [...steps] }, settle() {} })];
      const drive = await runSearch(question, think, search, { policy, reward });
      return {
        stopReason: drive.ended === "budget" ? "budget" : "no-answer",
        ...{ thought: [...steps], candidates: [], checked: false },
      };
    },
  };
}
