import { expect, test } from "vitest";
import { Tree } from "../thought/tree.ts";
import { checkerReward } from "./checker.ts";
import { likelihoodReward } from "./likelihood.ts";
import { voteReward } from "./vote.ts";

const question = { id: "q", text: "How many?" };

function treeOf(...answers: (string | undefined)[]): Tree {
  const tree = new Tree();
  for (const [ordinal, answer] of answers.entries())
    tree.add(`0.${ordinal}`, tree.root, "step").answer = answer;
  return tree;
}

test("a checker gives 1 or 0 with its reason, and 0 where there is no answer", async () => {
  const reward = checkerReward({
    name: "seven",
    check: (_question, answer) => ({ correct: answer === "7", reason: `it is ${answer}` }),
  });
  const tree = treeOf("7", "8", undefined);
  expect(reward.name).toBe("checker:seven");
  expect(await reward.score(question, tree.get("0.0"))).toEqual({
    value: 1,
    by: "checker:seven",
    reason: "it is 7",
  });
  expect(await reward.score(question, tree.get("0.1"))).toMatchObject({ value: 0, reason: "it is 8" });
  expect(await reward.score(question, tree.get("0.2"))).toMatchObject({ value: 0, reason: "no answer yet" });
});

test("a vote is the share of the answers that agree", async () => {
  const tree = treeOf("7", "x = 7", undefined, "8", "7.0");
  const reward = voteReward();
  expect(await reward.score(question, tree.get("0.0"))).toEqual({
    value: 0.75,
    by: "vote",
    reason: "3 of 4 agree",
  });
  expect(await reward.score(question, tree.get("0.2"))).toMatchObject({ value: 0 });
  const literal = voteReward((left, right) => left === right);
  expect(await literal.score(question, tree.get("0.0"))).toMatchObject({ value: 0.25 });
});

test("likelihood is the geometric mean of the probabilities along the thought", async () => {
  const tree = new Tree();
  const first = tree.add("0.0", tree.root, "a");
  const second = tree.add("0.0.0", first, "b");
  const last = tree.add("0.0.0.0", second, "c");
  first.meanLogprob = Math.log(0.25);
  last.meanLogprob = Math.log(1);
  expect((await likelihoodReward.score(question, last)).value).toBeCloseTo(0.5, 12);
});

test("likelihood stays within 1 and says so where no log-probability is known", async () => {
  const tree = new Tree();
  const node = tree.add("0.0", tree.root, "a");
  await expect(likelihoodReward.score(question, node)).rejects.toThrow("no log-probabilities");
  node.meanLogprob = 1e-9;
  expect(await likelihoodReward.score(question, node)).toEqual({ value: 1, by: "likelihood" });
});
