import { expect, test } from "vitest";
import { type FakeThinking, fakeThinking, thoughtOf } from "../../test/support/fake-thinking.ts";
import type { Checker } from "../problems/problem.ts";
import { InputError } from "../thought/errors.ts";
import { thoughtReward } from "./reward-for.ts";

const question = { id: "q", text: "How many?" };
const seven: Checker = {
  name: "seven",
  check: (_question, answer) => ({ correct: answer === "7", reason: `it is ${answer}` }),
};

function rewardOf(reward: string, more: FakeThinking = {}) {
  const { think } = fakeThinking({ ...more, settings: { ...more.settings, reward } });
  return thoughtReward(think);
}

function faultOf(reward: string, more?: FakeThinking): string {
  try {
    rewardOf(reward, more);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "no fault";
}

test("auto is the checker for finished thoughts, likelihood for others, and nothing where neither is there", async () => {
  expect(rewardOf("auto")).toBeUndefined();
  expect(rewardOf("auto", { traits: { logprobs: true } })?.name).toBe("likelihood");
  expect(rewardOf("auto", { checker: seven })?.name).toBe("checker:seven");
  const both = rewardOf("auto", { checker: seven, traits: { logprobs: true } });
  const [open, done] = [thoughtOf(["a"]), thoughtOf(["a"], "7")];
  open.meanLogprob = Math.log(0.5);
  expect(await both?.score(question, open)).toMatchObject({ by: "likelihood" });
  expect(await both?.score(question, done)).toMatchObject({ by: "checker:seven", value: 1 });
});

test("each reward goes by its name, and formulas by theirs", () => {
  const all = { checker: seven, traits: { logprobs: true, scoresSteps: true } };
  for (const name of ["likelihood", "vote", "judge", "rollouts", "rollouts-hard", "prm"]) {
    expect(rewardOf(name, all)?.name).toBe(name);
  }
  expect(rewardOf("checker", all)?.name).toBe("checker:seven");
  expect(rewardOf(" judge * likelihood + vote ", all)?.name).toBe("judge*likelihood+vote");
});

test.each([
  ["jugde", 'no reward "jugde"; did you mean judge?'],
  [
    "magic",
    'no reward "magic"; there are auto, likelihood, vote, checker, judge, rollouts, rollouts-hard, prm',
  ],
  ["constructor", /^no reward "constructor"; there are/],
  ["judge*lihelihood", 'no reward "lihelihood"; did you mean likelihood?'],
  ["auto*judge", /^the reward auto stands alone/],
  ["judge*", /^reward "judge\*" cannot be read: a name is missing; write/],
  ["checker", /^the reward checker needs a rule: name one with --checker/],
  ["likelihood", /^the reward likelihood needs log-probabilities, which m does not report/],
  ["prm", /^the reward prm needs a process reward model, which m is not: .*--role judge=prm\/MODEL$/],
])("says of the reward %j what is wrong with it", (reward, message) => {
  if (typeof message === "string") expect(faultOf(reward)).toBe(message);
  else expect(faultOf(reward)).toMatch(message);
});

test("says that a model which follows no instructions and chooses nothing cannot judge", () => {
  const dumb = { traits: { followsInstructions: false } };
  expect(faultOf("judge", dumb)).toMatch(/^m cannot judge; name another model with --role judge=/);
  expect(rewardOf("judge", { traits: { followsInstructions: false, chooses: ["judge"] } })).toBeDefined();
});

test("says how its scores are to be made one, as the settings ask", () => {
  const logprobs = { traits: { logprobs: true } };
  expect(rewardOf("likelihood", logprobs)?.aggregate).toBeUndefined();
  expect(rewardOf("likelihood", { ...logprobs, settings: { aggregate: "mean" } })?.aggregate).toBe("mean");
  expect(rewardOf("judge")?.aggregate).toBe("min");
  // What has been folded once must not be folded again.
  expect(rewardOf("judge", { settings: { aggregate: "product" } })?.aggregate).toBeUndefined();
});
