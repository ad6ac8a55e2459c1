import { equivalent } from "../rewards/equivalent.ts";
import { voteReward } from "../rewards/vote.ts";
import type { Search } from "../search/search.ts";
import type { SimulationOptions } from "../search/simulations.ts";
import { conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { thoughtReward } from "./reward-for.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy, StrategySettings } from "./strategy.ts";

/**
 * A strategy over a search by simulations: the reward of the settings scores where each roll-out ends. By default that is
 * the checker where the caller named one, which then ends the search as soon as it verifies an answer; else the model's
 * own likelihood; where the backend reports none, the share of the answers so far that agree.
 */
export function rollOutSearch(
  make: (settings: StrategySettings, options: SimulationOptions) => Search,
): Strategy {
  return async (question, think) => {
    const { settings, checker } = think;
    const { rollouts, depth, order } = settings;
    const reward = thoughtReward(think) ?? voteReward();
    // Which calls come to their end before a search cancels them is left to chance, which `asked` rules out.
    const cancels = checker !== undefined && order === "arrival";
    const goodEnough = checker === undefined ? undefined : 1;
    const search = make(settings, { rollouts, depth, goodEnough, cancels, same: equivalent });
    const policy = createPolicy(question, think, { style: "steps", cancellable: cancels });
    const drive = await runSearch(question, think, search, { policy, reward });
    const reason = `highest total ${reward.name} over up to ${rollouts} simulations`;
    return conclude(think, { question, tree: search.tree, drive, chosen: drive.best, reason });
  };
}
