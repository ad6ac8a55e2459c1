import { BudgetExhaustedError } from "../models/budget.ts";
import { FailureError } from "../thought/errors.ts";
import { formulaText, formulaValue, namesIn, type RewardFormula, without } from "./formula.ts";
import { type Reward, type Scored, ScoreFailure } from "./reward.ts";

/**
 * Several rewards as one: a mean of products, as a formula says. Outcome rewards are left out of the formula for a
 * thought that has no answer yet; where nothing else is in it, the score is 0. Each part is asked once, whatever its place
 * in the formula; a part that fails makes the whole fail.
 *
 * @param parts the rewards by the names that the formula gives them
 */
export function combinedReward(formula: RewardFormula, parts: ReadonlyMap<string, Reward>): Reward {
  const name = formulaText(formula);
  const partOf = (part: string): Reward => {
    const reward = parts.get(part);
    if (reward === undefined) throw new RangeError(`the formula ${name} has no reward ${part}`);
    return reward;
  };
  const names = namesIn(formula);
  /** Parts of a score of which the budget refused another part, by node: they are paid for. */
  const kept = new Map<string, Map<string, Scored>>();

  return {
    name,
    folds: names.some((part) => partOf(part).folds === true),
    outcome: names.every((part) => partOf(part).outcome === true),
    late: names.some((part) => partOf(part).late === true),
    async score(question, node, { turn, signal } = {}) {
      const unfinished = node.answer === undefined;
      const applied = without(formula, (part) => unfinished && partOf(part).outcome === true);
      if (applied === undefined) return { value: 0, by: name, reason: "no answer yet" };

      const known = kept.get(node.id) ?? new Map<string, Scored>();
      kept.delete(node.id);
      for (const { settle } of known.values()) settle?.();
      const asked: { part: string; pending: Promise<Scored> }[] = [];
      for (const part of namesIn(applied)) {
        // The second round of a part follows all rounds of the parts before it, so that their order is not left to luck.
        const before = asked.map(({ pending }) => pending);
        const ownTurn = async (): Promise<void> => {
          await Promise.allSettled(before);
          await turn?.();
        };
        const found = known.get(part);
        const pending = found
          ? Promise.resolve(found)
          : partOf(part).score(question, node, { turn: ownTurn, signal });
        // What comes of it is looked at below, after all parts.
        pending.catch(() => {});
        asked.push({ part, pending });
      }

      const outcomes = await Promise.allSettled(asked.map(({ pending }) => pending));
      const scores = new Map<string, Scored>();
      const settles: (() => void)[] = [];
      const failures: unknown[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === "fulfilled") {
          scores.set(asked[index]?.part ?? "", outcome.value);
          if (outcome.value.settle !== undefined) settles.push(outcome.value.settle);
        } else {
          failures.push(outcome.reason);
          if (outcome.reason instanceof ScoreFailure) settles.push(outcome.reason.settle);
        }
      }
      const refusal = failures.find((failure) => failure instanceof BudgetExhaustedError);
      if (refusal !== undefined) {
        kept.set(node.id, scores);
        throw refusal;
      }
      const settle = (): void => {
        for (const one of settles) one();
      };
      if (failures.length > 0) throw new ScoreFailure(failures[0] ?? new FailureError("no score"), settle);
      const values = new Map([...scores].map(([part, { value }]) => [part, value]));
      const learn = (): void => {
        for (const scored of scores.values()) scored.learn?.();
      };
      return { value: formulaValue(applied, values), by: name, reason: reasonOf(scores), settle, learn };
    },
  };
}

/** What each part gave, and why where it says so. */
function reasonOf(scores: ReadonlyMap<string, Scored>): string {
  return [...scores]
    .map(([part, { value, reason }]) => {
      const rounded = Number(value.toFixed(3));
      return reason === undefined ? `${part} ${rounded}` : `${part} ${rounded} (${reason})`;
    })
    .join(", ");
}
