import { describe, expect, test } from "vitest";
import { type FakeThinking, fakeThinking } from "../../../test/support/fake-thinking.ts";
import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Checker } from "../../problems/problem.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { Tree } from "../../thought/tree.ts";
import { rolloutReward } from "./rollouts.ts";

const question = { id: "q", text: "What is 6 times 7?" };
const right: Checker = {
  name: "42",
  check: (_question, answer) => ({ correct: answer === "42", reason: "" }),
};

/** A policy whose completion number i comes to the answer number i. */
function completing(...answers: string[]): FakeThinking {
  return {
    settings: { samples: answers.length },
    reply: (_request, index) => ({ text: answers[index] === "" ? "hm" : `so\nAnswer: ${answers[index]}` }),
  };
}

function start() {
  const tree = new Tree();
  return { tree, node: tree.add("0.0", tree.root, "six sevens") };
}

describe("rollouts", () => {
  test("are one request of the policy that goes on from the thought", async () => {
    const { think, requests, settled } = fakeThinking({ ...completing("42", "41", ""), checker: right });
    const scored = await rolloutReward(think, "soft").score(question, start().node);
    expect(scored).toMatchObject({ by: "rollouts", reason: "1 of 3 completions are right" });
    expect(scored.value).toBeCloseTo(1 / 3, 12);
    expect(requests).toMatchObject([
      { role: "policy", site: "complete:0.0", samples: 3, prompt: { prefill: "six sevens\n" } },
    ]);
    scored.settle?.();
    expect(settled).toHaveLength(3);
  });

  test("count any right completion where the estimate is hard", async () => {
    const { think } = fakeThinking({ ...completing("42", "41", "41"), checker: right });
    expect(await rolloutReward(think, "hard").score(question, start().node)).toMatchObject({ value: 1 });
    const { think: other } = fakeThinking({ ...completing("41", "40"), checker: right });
    expect(await rolloutReward(other, "hard").score(question, start().node)).toMatchObject({ value: 0 });
  });

  test("agree with the majority of the tree, of earlier completions and of their own, without a checker", async () => {
    const { think } = fakeThinking(completing("41", "42.0", "43"));
    const reward = rolloutReward(think, "soft");
    const { tree, node } = start();
    const own = await reward.score(question, node);
    expect(own.value).toBeCloseTo(1 / 3, 12);
    own.learn?.();
    tree.add("0.1", tree.root, "another way").answer = "42";
    expect(await reward.score(question, node)).toMatchObject({
      reason: "1 of 3 completions agree with the majority",
    });
  });

  test("leave a finished thought to its own answer, without a call", async () => {
    const { tree, node } = start();
    node.answer = "42";
    tree.add("0.1", tree.root, "another way").answer = "41";
    tree.add("0.2", tree.root, "a third way").answer = "42.0";
    const checked = fakeThinking({ ...completing("41"), checker: right });
    expect(await rolloutReward(checked.think, "soft").score(question, node)).toMatchObject({ value: 1 });
    const alone = fakeThinking(completing("41"));
    const { value } = await rolloutReward(alone.think, "soft").score(question, node);
    expect(value).toBeCloseTo(2 / 3, 12);
    expect(await rolloutReward(alone.think, "hard").score(question, node)).toMatchObject({ value: 1 });
    expect([...checked.requests, ...alone.requests]).toEqual([]);
  });

  test("ask again only for what the budget had refused", async () => {
    let poor = true;
    const { think, requests, settled } = fakeThinking({
      ...{ settings: { samples: 4 }, checker: right },
      reply: (_request, index) =>
        poor && index > 1 ? new BudgetExhaustedError("tokens", 9) : { text: "Answer: 42" },
    });
    const reward = rolloutReward(think, "soft");
    const { node } = start();
    await expect(reward.score(question, node)).rejects.toThrow(BudgetExhaustedError);
    poor = false;
    expect(await reward.score(question, node)).toMatchObject({ value: 1 });
    expect(requests.map(({ firstSample, samples }) => [firstSample, samples])).toEqual([
      [0, 4],
      [2, 2],
    ]);
    expect(settled).toEqual(["complete:0.0#0", "complete:0.0#1"]);
  });

  test("fail as a whole with one completion, and settle the others", async () => {
    const { think, settled } = fakeThinking({
      ...{ settings: { samples: 3 }, checker: right },
      reply: (_request, index) => (index === 1 ? new Error("gone") : { text: "Answer: 42" }),
    });
    const failure = await rolloutReward(think, "soft")
      .score(question, start().node)
      .catch((error: unknown) => error);
    if (!(failure instanceof ScoreFailure)) throw new Error("it should have failed");
    expect(failure.message).toBe("gone");
    failure.settle();
    expect(settled).toEqual(["complete:0.0#0", "complete:0.0#2"]);
  });
});
