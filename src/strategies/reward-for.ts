import { checkerReward } from "../rewards/checker.ts";
import { combinedReward } from "../rewards/combined.ts";
import { namesIn, parseFormula } from "../rewards/formula.ts";
import { likelihoodReward } from "../rewards/likelihood.ts";
import type { Reward } from "../rewards/reward.ts";
import { voteReward } from "../rewards/vote.ts";
import { withinBounds } from "../rewards/within-bounds.ts";
import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";
import { judgeReward } from "./rewards/judge.ts";
import { processReward } from "./rewards/process-reward.ts";
import { rolloutReward } from "./rewards/rollouts.ts";
import type { Thinking } from "./strategy.ts";

/** The rewards by name. Each throws an InputError where it cannot be had. */
const rewards: Readonly<Record<string, (think: Thinking) => Reward>> = {
  likelihood: namedLikelihood,
  vote: () => voteReward(),
  checker: namedChecker,
  judge: judgeReward,
  rollouts: (think) => rolloutReward(think, "soft"),
  "rollouts-hard": (think) => rolloutReward(think, "hard"),
  prm: processReward,
};

/**
 * The reward that a strategy scores thoughts with: the caller's own, else the one that `settings.reward` names, which may
 * be a formula (`rewards/formula.ts`). Its `aggregate` is what a search has to make one score of a path with:
 * `settings.aggregate` where that is not `auto`, else what suits the reward.
 *
 * `auto` scores finished thoughts by the checker where the caller named one, all others by the policy's own likelihood
 * where the backend reports log-probabilities. Only `auto` may be undefined, where neither can score whole thoughts; then
 * equal answers decide.
 *
 * A reward keeps what it has learnt about the nodes of one tree: ask for it once for each search.
 *
 * Throws an InputError for a name that does not exist, or that this question has nothing for.
 */
export function thoughtReward(think: Thinking): Reward | undefined {
  const found = think.reward ?? resolve(think);
  if (found === undefined) return undefined;
  const { aggregate } = think.settings;
  const { name, outcome, late } = found;
  return {
    ...{ name, outcome, late },
    aggregate: aggregate === "auto" || found.folds === true ? found.aggregate : aggregate,
    score: (question, node, scoring) => found.score(question, node, scoring),
  };
}

function resolve(think: Thinking): Reward | undefined {
  const { reward } = think.settings;
  if (reward.trim() === "auto") return automatic(think);
  const formula = parseFormula(reward);
  if ("fault" in formula) {
    throw new InputError(
      `reward "${reward}" cannot be read: ${formula.fault}; write a name, or names with * (product) and + (mean), such as judge*likelihood`,
    );
  }
  const parts = new Map(namesIn(formula).map((name) => [name, withinBounds(named(name, think))]));
  const [[only] = []] = formula.products;
  const alone = formula.products.flat().length === 1 ? parts.get(only ?? "") : undefined;
  return alone ?? combinedReward(formula, parts);
}

function named(name: string, think: Thinking): Reward {
  const open = Object.hasOwn(rewards, name) ? rewards[name] : undefined;
  if (open !== undefined) return open(think);
  const names = Object.keys(rewards);
  if (name === "auto") throw new InputError("the reward auto stands alone; name the parts of a formula");
  const near = nearestName(name, [...names, "auto"]);
  const hint = near === undefined ? `there are auto, ${names.join(", ")}` : `did you mean ${near}?`;
  throw new InputError(`no reward "${name}"; ${hint}`);
}

function automatic(think: Thinking): Reward | undefined {
  const byLikelihood = think.client.traits("policy").logprobs ? likelihoodReward : undefined;
  if (think.checker === undefined) return byLikelihood;
  const byRule = checkerReward(think.checker);
  if (byLikelihood === undefined) return byRule;
  return {
    name: byRule.name,
    score: (question, node) => (node.answer === undefined ? byLikelihood : byRule).score(question, node),
  };
}

function namedLikelihood(think: Thinking): Reward {
  const { name, logprobs } = think.client.traits("policy");
  if (logprobs) return likelihoodReward;
  throw new InputError(
    `the reward likelihood needs log-probabilities, which ${name} does not report; try --reward judge`,
  );
}

function namedChecker(think: Thinking): Reward {
  if (think.checker !== undefined) return checkerReward(think.checker);
  throw new InputError("the reward checker needs a rule: name one with --checker, or another --reward");
}
