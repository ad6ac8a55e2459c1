import { equivalent } from "../rewards/equivalent.ts";
import type { Search } from "../search/search.ts";
import type { StepTreeOptions } from "../search/step-tree.ts";
import { FailureError, InputError } from "../thought/errors.ts";
import { conclude } from "./conclude.ts";
import { createPolicy } from "./policy.ts";
import { thoughtReward } from "./reward-for.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy, StrategySettings, Thinking } from "./strategy.ts";

/** What makes one search over scored steps a strategy. */
export interface StepSearch {
  /** The strategy's name, for what it has to say. */
  name: string;
  /**
   * Makes the search from the settings. `ranking` is how its thoughts are to be compared.
   *
   * @param cancels whether it may leave tasks in flight when it ends
   */
  search(settings: StrategySettings, ranking: StepTreeOptions, cancels: boolean): Search;
  /** What decided, for the log. */
  reason(settings: StrategySettings): string;
  /** Whether the search makes use of `cancels`. Default false. */
  stopsEarly?: boolean | undefined;
}

/**
 * A strategy over a search that scores steps: the reward of the settings scores every thought on its way, by default the
 * model's own likelihood, and for finished thoughts the checker where the caller named one.
 */
export function stepSearch({ name, search: make, reason, stopsEarly = false }: StepSearch): Strategy {
  return async (question, think) => {
    const { settings } = think;
    const reward = thoughtReward(think);
    if (reward === undefined || reward.outcome === true) throw cannotScoreSteps(name, think);
    // Which calls come to their end before a search cancels them is left to chance, which `asked` rules out.
    const cancellable = stopsEarly && settings.order === "arrival";
    const search = make(settings, { aggregate: reward.aggregate, same: equivalent }, cancellable);
    const policy = createPolicy(question, think, { style: "steps", cancellable });
    const drive = await runSearch(question, think, search, { policy, reward });
    const { tree } = search;
    return conclude(think, { question, tree, drive, chosen: drive.best, reason: reason(settings) });
  };
}

function cannotScoreSteps(strategy: string, think: Thinking): Error {
  const { reward } = think.settings;
  if (reward !== "auto") {
    return new InputError(
      `${strategy} scores steps, and the reward ${reward} knows finished thoughts alone; add one that knows steps, such as ${reward}*judge`,
    );
  }
  const { name } = think.client.traits("policy");
  return new FailureError(
    `${strategy} scores steps by log-probabilities, which ${name} does not report; use --strategy vote, or --reward judge`,
  );
}
