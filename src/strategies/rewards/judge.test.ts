import { describe, expect, test } from "vitest";
import { fakeThinking, thoughtOf } from "../../../test/support/fake-thinking.ts";
import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Sample, SampleRequest } from "../../models/client.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { Tree } from "../../thought/tree.ts";
import { judgeReward } from "./judge.ts";

const question = { id: "q", text: "What is 6 times 7?" };

const label = (step: number, said: "good" | "bad", more: object = {}) => ({ step, label: said, ...more });

/** A judge that writes these replies, one after the other. */
function writing(...replies: (object | string | Error)[]) {
  const waiting = [...replies];
  return (): Partial<Sample> | Error => {
    const next = waiting.shift() ?? "nothing more to say";
    if (next instanceof Error) return next;
    return { text: typeof next === "string" ? next : JSON.stringify(next) };
  };
}

function promptOf(request: SampleRequest | undefined): string {
  return request?.prompt.messages.at(-1)?.content ?? "";
}

describe("a judge that writes", () => {
  test("labels every step and the answer in one call; the worst counts, with its reason", async () => {
    const reply = writing({
      steps: [
        label(1, "good", { sure: 0.8, reason: "six sevens" }),
        label(2, "bad", { sure: 0.7, reason: "it is 42" }),
        label(3, "good"),
      ],
    });
    const { think, requests, settled } = fakeThinking({ reply });
    const scored = await judgeReward(think).score(question, thoughtOf(["6 + 6 ...", "so 43"], "43"));
    expect(scored).toMatchObject({ by: "judge", reason: "step 2 of 3 is least sure: it is 42" });
    expect(scored.value).toBeCloseTo(0.3, 12);
    expect(requests).toMatchObject([{ role: "judge", site: "judge:0.0.0", temperature: 0 }]);
    expect(promptOf(requests[0])).toContain("1. 6 + 6 ...\n2. so 43\n3. Answer: 43");
    expect(promptOf(requests[0])).toContain("whether they hold: 1, 2, 3");
    expect(settled).toEqual([]);
    scored.settle?.();
    expect(settled).toEqual(["judge:0.0.0#0"]);
  });

  test("is asked only about steps whose labels were not taken up yet", async () => {
    const reply = writing(
      { steps: [label(1, "good", { sure: 0.6 })] },
      { steps: [label(1, "bad"), label(2, "good", { sure: 0.9 })] },
      { steps: [label(2, "good", { sure: 0.9 })] },
    );
    const { think, requests } = fakeThinking({ reply });
    const reward = judgeReward(think);
    const tree = new Tree();
    const first = tree.add("0.0", tree.root, "one");
    const second = tree.add("0.0.0", first, "two");
    const scored = await reward.score(question, first);
    // The label of the first step has not been learnt, since nobody has taken the score up.
    await reward.score(question, second);
    expect(promptOf(requests[1])).toContain("hold: 1, 2");
    scored.learn?.();
    const later = await reward.score(question, second);
    expect(promptOf(requests[2])).toContain("hold: 2\n");
    expect(later.value).toBeCloseTo(0.6, 12);
    later.learn?.();
    expect((await reward.score(question, second)).value).toBeCloseTo(0.6, 12);
    expect(requests).toHaveLength(3);
  });

  test.each([
    ["min", 0.6],
    ["product", 0.48],
    ["mean", 0.7],
    ["last", 0.8],
  ] as const)("is aggregated as the settings say: %s", async (aggregate, value) => {
    const reply = writing({ steps: [label(1, "good", { sure: 0.6 }), label(2, "good", { sure: 0.8 })] });
    const { think } = fakeThinking({ reply, settings: { aggregate } });
    expect((await judgeReward(think).score(question, thoughtOf(["a", "b"]))).value).toBeCloseTo(value, 12);
  });

  test("that answers in prose is asked to mend it, once it is the score's turn", async () => {
    const reply = writing("Looks good to me!", { steps: [label(1, "good", { sure: 0.6 })] });
    const { think, requests, settled } = fakeThinking({ reply });
    let begin = () => {};
    const turn = () => new Promise<void>((resolve) => (begin = resolve));
    const pending = judgeReward(think).score(question, thoughtOf(["a"]), { turn });
    await new Promise(setImmediate);
    expect(requests).toHaveLength(1);
    expect(settled).toEqual([]);
    begin();
    expect((await pending).value).toBeCloseTo(0.6, 12);
    expect(requests[1]).toMatchObject({ site: "judge:0.0:repair" });
    expect(promptOf(requests[1])).toContain("no JSON object");
    expect(requests[1]?.prompt.messages[1]).toEqual({ role: "assistant", content: "Looks good to me!" });
    expect(settled).toEqual(["judge:0.0#0"]);
  });

  test.each([
    ["prose", "Fine.", "the reply holds no JSON object"],
    ["a step too few", { steps: [] }, "no label for step 1"],
    ["a label of its own", { steps: [{ step: 1, label: "meh" }] }, "steps.0.label"],
    ["a share above 1", { steps: [label(1, "good", { sure: 90 })] }, "steps.0.sure"],
  ])("that keeps to %s fails after two repairs, and what it cost is settled", async (_, said, wrong) => {
    const { think, requests, settled } = fakeThinking({ reply: writing(said, said, said, said) });
    const failure = await judgeReward(think)
      .score(question, thoughtOf(["a"]))
      .catch((error: unknown) => error);
    if (!(failure instanceof ScoreFailure)) throw new Error("it should have failed");
    expect(failure.message).toContain("the judge gave no usable reply in 3 tries");
    expect(failure.message).toContain(wrong);
    expect(requests.map(({ site }) => site)).toEqual([
      "judge:0.0",
      "judge:0.0:repair",
      "judge:0.0:repair-again",
    ]);
    failure.settle();
    expect(new Set(settled)).toEqual(
      new Set(["judge:0.0#0", "judge:0.0:repair#0", "judge:0.0:repair-again#0"]),
    );
  });

  test("goes on with the repair, and does not ask anew, when the budget had refused the repair", async () => {
    const reply = writing("Fine.", new BudgetExhaustedError("tokens", 9), {
      steps: [label(1, "bad", { sure: 0.7 })],
    });
    const { think, requests } = fakeThinking({ reply });
    const reward = judgeReward(think);
    await expect(reward.score(question, thoughtOf(["a"]))).rejects.toThrow(BudgetExhaustedError);
    expect((await reward.score(question, thoughtOf(["a"]))).value).toBeCloseTo(0.3, 12);
    expect(requests.map(({ site }) => site)).toEqual(["judge:0.0", "judge:0.0:repair", "judge:0.0:repair"]);
  });

  test("never is certain, and a thought without a step holds nothing wrong", async () => {
    const { think, requests } = fakeThinking({
      reply: writing({ steps: [label(1, "bad", { sure: 1 })] }),
    });
    const reward = judgeReward(think);
    expect((await reward.score(question, thoughtOf(["a"]))).value).toBeCloseTo(0.05, 12);
    expect(await reward.score(question, thoughtOf([]))).toMatchObject({ value: 1 });
    expect(requests).toHaveLength(1);
  });
});

describe("a judge that chooses", () => {
  const traits = {
    followsInstructions: false,
    prefill: "thinking" as const,
    chooses: ["judge" as const],
  };
  const choosing = (good: number) => ({ text: "good", choices: { good, bad: 1 - good } });

  test("is asked about each step with what stands before it, and about the answer behind the thought", async () => {
    const { think, requests, settled } = fakeThinking({
      traits,
      reply: ({ site }) => choosing(site === "judge:0.0.0" ? 0.25 : 0.75),
    });
    const scored = await judgeReward(think).score(question, thoughtOf(["one", "two"], "43"));
    expect(scored).toMatchObject({ value: 0.25, reason: "step 2 of 3 is least sure" });
    expect(
      requests.map(({ site, choose, prompt: { prefill, answer } }) => ({ site, choose, prefill, answer })),
    ).toEqual([
      { site: "judge:0.0", choose: "judge", prefill: "one", answer: undefined },
      { site: "judge:0.0.0", choose: "judge", prefill: "one\ntwo", answer: undefined },
      { site: "judge:0.0.0:answer", choose: "judge", prefill: "one\ntwo", answer: "43" },
    ]);
    scored.settle?.();
    expect(settled).toHaveLength(3);
  });

  test("pays for no step twice when the budget refuses one", async () => {
    let poor = true;
    const { think, requests, settled } = fakeThinking({
      traits,
      reply: ({ site }) =>
        poor && site === "judge:0.0.0" ? new BudgetExhaustedError("calls", 1) : choosing(0.5),
    });
    const reward = judgeReward(think);
    const node = thoughtOf(["one", "two"]);
    await expect(reward.score(question, node)).rejects.toThrow(BudgetExhaustedError);
    expect(settled).toEqual([]);
    poor = false;
    expect(await reward.score(question, node)).toMatchObject({ value: 0.5 });
    expect(requests.map(({ site }) => site)).toEqual(["judge:0.0", "judge:0.0.0", "judge:0.0.0"]);
    expect(settled).toEqual(["judge:0.0#0"]);
  });

  test("fails with a step that fails, and settles those that came", async () => {
    const { think } = fakeThinking({
      traits,
      reply: ({ site }) => (site === "judge:0.0" ? new Error("gone") : choosing(0.5)),
    });
    const failing = judgeReward(think).score(question, thoughtOf(["one", "two"]));
    await expect(failing).rejects.toThrow(ScoreFailure);
    await expect(failing).rejects.toThrow("gone");
  });
});
