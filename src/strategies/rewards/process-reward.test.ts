import { expect, test } from "vitest";
import { fakeThinking, thoughtOf } from "../../../test/support/fake-thinking.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { processReward } from "./process-reward.ts";

const question = { id: "q", text: "What is 6 times 7?" };
const traits = { name: "prm/small", scoresSteps: true };

test("a process reward model scores all steps and the answer in one call; the worst counts", async () => {
  const { think, requests, settled } = fakeThinking({
    traits,
    reply: () => ({ text: '{"scores":[0.9,0.25,0.5]}' }),
  });
  const scored = await processReward(think).score(question, thoughtOf(["one", "two"], "4\n2"));
  expect(scored).toMatchObject({ value: 0.25, by: "prm", reason: "step 2 of 3 is worst" });
  expect(requests).toMatchObject([
    { role: "judge", site: "prm:0.0.0", prompt: { prefill: "one\ntwo\nThe answer is: 4 2" } },
  ]);
  scored.settle?.();
  expect(settled).toHaveLength(1);
});

test("its scores are aggregated as the settings say, and by nobody else", async () => {
  const { think } = fakeThinking({
    ...{ traits, settings: { aggregate: "product" } },
    reply: () => ({ text: '{"scores":[0.5,0.5]}' }),
  });
  const reward = processReward(think);
  expect(reward.folds).toBe(true);
  expect(await reward.score(question, thoughtOf(["one", "two"]))).toMatchObject({ value: 0.25 });
});

test.each([
  ["0.9 0.1", "its reply is no JSON"],
  ['{"scores":[0.9]}', "it gave 1 scores for 2 steps"],
  ['{"scores":[0.9,1.5]}', "no scores within 0 and 1"],
  ['{"scores":[0.9,null]}', "no scores within 0 and 1"],
])("a reply %s is a failed score, not a wrong one", async (text, wrong) => {
  const { think, settled } = fakeThinking({ traits, reply: () => ({ text }) });
  const failure = await processReward(think)
    .score(question, thoughtOf(["one", "two"]))
    .catch((error: unknown) => error);
  if (!(failure instanceof ScoreFailure)) throw new Error("it should have failed");
  expect(failure.message).toContain(`prm/small is of no use as a reward: `);
  expect(failure.message).toContain(wrong);
  failure.settle();
  expect(settled).toHaveLength(1);
});

test("a beginning of a thought that was scored needs no call; a score that was not taken up is not remembered", async () => {
  const { think, requests } = fakeThinking({
    ...{ traits, settings: { aggregate: "last" } },
    reply: () => ({ text: '{"scores":[0.9,0.25,0.5]}' }),
  });
  const reward = processReward(think);
  const leaf = thoughtOf(["one", "two", "three"]);
  const scored = await reward.score(question, leaf);
  await reward.score(question, leaf);
  expect(requests).toHaveLength(2);
  scored.learn?.();
  expect(await reward.score(question, leaf.parent ?? leaf)).toMatchObject({ value: 0.25 });
  expect(await reward.score(question, leaf)).toMatchObject({ value: 0.5, reason: "step 2 of 3 is worst" });
  expect(requests).toHaveLength(2);
});
