import { describe, expect, test } from "vitest";
import { BudgetExhaustedError } from "../models/budget.ts";
import { FailureError } from "../thought/errors.ts";
import { Tree, type TreeNode } from "../thought/tree.ts";
import { combinedReward } from "./combined.ts";
import { parseFormula } from "./formula.ts";
import { type Reward, ScoreFailure } from "./reward.ts";
import { withinBounds } from "./within-bounds.ts";

const question = { id: "q", text: "How many?" };

function thought(answer?: string): TreeNode {
  const tree = new Tree();
  const node = tree.add("0.0", tree.root, "step");
  node.answer = answer;
  return node;
}

/** A reward that gives one value, or rejects, and counts how often it is asked and settled. */
function part(name: string, value: number | Error, more: Partial<Reward> = {}) {
  const seen = { asked: 0, settled: 0 };
  const reward: Reward = {
    ...more,
    name,
    async score() {
      seen.asked++;
      if (value instanceof Error) throw value;
      return { value, by: name, settle: () => void seen.settled++ };
    },
  };
  return { ...seen, reward, seen };
}

function combine(text: string, ...parts: { reward: Reward }[]): Reward {
  const formula = parseFormula(text);
  if ("fault" in formula) throw new Error(formula.fault);
  return combinedReward(formula, new Map(parts.map(({ reward }) => [reward.name, reward])));
}

describe("several rewards as one", () => {
  test("give the formula's value, what each part said, and settle all parts once it is taken up", async () => {
    const [judge, luck] = [part("judge", 0.5), part("luck", 0.25)];
    const reward = combine("judge*luck+judge", judge, luck);
    const { value, by, reason, settle } = await reward.score(question, thought("7"));
    expect({ value, by, reason }).toEqual({
      value: 0.3125,
      by: "judge*luck+judge",
      reason: "judge 0.5, luck 0.25",
    });
    expect([judge.seen, luck.seen]).toEqual([
      { asked: 1, settled: 0 },
      { asked: 1, settled: 0 },
    ]);
    settle?.();
    expect([judge.seen.settled, luck.seen.settled]).toEqual([1, 1]);
  });

  test("leave outcome rewards out of a thought that has no answer yet", async () => {
    const rule = part("rule", 1, { outcome: true });
    const judge = part("judge", 0.5);
    const reward = combine("judge*rule+rule", judge, rule);
    expect(await reward.score(question, thought())).toMatchObject({ value: 0.5 });
    expect(rule.seen.asked).toBe(0);
    expect(await reward.score(question, thought("7"))).toMatchObject({ value: 0.75 });
    const alone = combine("rule+rule", rule);
    expect(alone.outcome).toBe(true);
    expect(await alone.score(question, thought())).toMatchObject({ value: 0, reason: "no answer yet" });
  });

  test("fail with a part that fails, and settle the parts that came", async () => {
    const judge = part("judge", 0.5);
    const reward = combine("judge*broken", judge, part("broken", new FailureError("no reply")));
    const failure = await reward.score(question, thought("7")).catch((error: unknown) => error);
    if (!(failure instanceof ScoreFailure)) throw new Error("it should have failed");
    expect(failure.message).toBe("no reply");
    expect(judge.seen.settled).toBe(0);
    failure.settle();
    expect(judge.seen.settled).toBe(1);
  });

  test("do not ask a part again that came when the budget refused another", async () => {
    const judge = part("judge", 0.5);
    let poor = true;
    const costly: Reward = {
      name: "costly",
      async score() {
        if (poor) throw new BudgetExhaustedError("tokens", 100);
        return { value: 1, by: "costly" };
      },
    };
    const reward = combine("judge*costly", judge, { reward: costly });
    await expect(reward.score(question, thought("7"))).rejects.toThrow(BudgetExhaustedError);
    poor = false;
    expect(await reward.score(question, thought("7"))).toMatchObject({ value: 0.5 });
    expect(judge.seen.asked).toBe(1);
    await reward.score(question, thought("7"));
    expect(judge.seen.asked).toBe(2);
  });

  test("refuse a part that is no share, even where the product hides it", async () => {
    for (const wrong of [Number.NaN, 2, -0.5, Number.POSITIVE_INFINITY]) {
      const broken = part("broken", wrong);
      const reward = combine("judge*broken", part("judge", 0), { reward: withinBounds(broken.reward) });
      const failure = await reward.score(question, thought("7")).catch((error: unknown) => error);
      if (!(failure instanceof ScoreFailure)) throw new Error("it should have failed");
      expect(failure.message).toBe(`the reward broken gave ${wrong}, which is not within 0 and 1`);
      failure.settle();
      expect(broken.seen.settled).toBe(1);
    }
  });

  test("take their turns one after the other", async () => {
    const rounds: string[] = [];
    const slow = (name: string, waitMs: number): { reward: Reward } => ({
      reward: {
        name,
        async score(_question, _node, { turn } = {}) {
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          await turn?.();
          rounds.push(name);
          return { value: 1, by: name };
        },
      },
    });
    await combine("first*second", slow("first", 20), slow("second", 1)).score(question, thought("7"));
    expect(rounds).toEqual(["first", "second"]);
  });
});
