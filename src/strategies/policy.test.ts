import { describe, expect, test } from "vitest";
import { fakeThinking, thoughtOf } from "../../test/support/fake-thinking.ts";
import type { ModelTraits, Sample } from "../models/client.ts";
import type { Question } from "../thought/question.ts";
import { createPolicy, type PolicyOptions, type ProposalRequest } from "./policy.ts";
import { openPrompts } from "./prompt.ts";
import type { Thinking } from "./strategy.ts";

const prompts = openPrompts();

const question: Question = {
  id: "q",
  text: "What is 6 times 7?",
  system: "Be kind.",
  turns: [
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hello!" },
  ],
};

const conversation = [...(question.turns ?? []), { role: "user", content: question.text }];

const nanoLike: Partial<ModelTraits> = { followsInstructions: false, prefill: "thinking" };
const prefilled: Partial<ModelTraits> = { prefill: "reply" };
const prompted: Partial<ModelTraits> = { prefill: "none" };

/** Asks a policy for proposals below a thought of these steps; gives what was sent and what was made of the reply. */
async function propose(
  traits: Partial<ModelTraits>,
  asked: Partial<Omit<ProposalRequest, "node">> &
    PolicyOptions & { steps?: string[]; show?: Thinking["show"] },
  reply: Partial<Sample> = { text: "a step" },
) {
  const { steps = [], style, show, ...rest } = asked;
  const settings = { maxTokens: 77, temperature: 0.3, topP: 0.95 };
  const { think, requests, settled } = fakeThinking({ traits, reply: () => reply, settings });
  const policy = createPolicy(question, { ...think, show }, { style });
  const asksFor = { node: thoughtOf(steps), kind: "roll-out" as const, first: 0, count: 1, ...rest };
  const proposed = await Promise.all(policy(asksFor));
  for (const { settle } of proposed) settle();
  return { request: requests[0], requests, settled, proposals: proposed.map(({ proposal }) => proposal) };
}

describe("what is sent", () => {
  test("one request for all proposals below a node, with the node as its site and the settings of the strategy", async () => {
    const { requests, settled, proposals } = await propose(prefilled, {
      style: "steps",
      steps: ["one"],
      first: 2,
      count: 3,
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      role: "policy",
      site: "roll-out:0.0",
      firstSample: 2,
      samples: 3,
      maxTokens: 77,
      temperature: 0.3,
      topP: 0.95,
      thinking: "default",
    });
    expect(proposals).toHaveLength(3);
    expect(settled).toEqual(["roll-out:0.0#2", "roll-out:0.0#3", "roll-out:0.0#4"]);
  });

  test("the bare question, asked not to think, where the strategy thinks in no steps", async () => {
    for (const traits of [nanoLike, prefilled, prompted]) {
      const { request } = await propose(traits, { style: "plain" });
      expect(request?.prompt).toEqual({ system: "Be kind.", messages: conversation });
      expect(request).toMatchObject({ thinking: "none", stop: undefined });
    }
  });

  test("no instructions to a model that follows none, and the thought so far as its own thinking", async () => {
    const first = await propose(nanoLike, { style: "steps" });
    expect(first.request?.prompt).toEqual({
      system: "Be kind.",
      messages: conversation,
      prefill: undefined,
    });
    const { request } = await propose(nanoLike, { style: "steps", steps: ["one", "two"], kind: "expand" });
    expect(request?.prompt.prefill).toBe("one\ntwo\n");
    expect(request?.stop).toEqual(["\n"]);
  });

  test("instructions behind the caller's system message, and the thought so far as the beginning of the reply", async () => {
    const { request } = await propose(prefilled, { style: "steps", steps: ["one", "two"], kind: "expand" });
    expect(request?.prompt).toEqual({
      system: `Be kind.\n\n${prompts("step-by-step")}`,
      messages: conversation,
      prefill: "one\ntwo\n",
    });
    expect(request?.stop).toEqual(["\n"]);
  });

  test("the thought so far in the question where a model can continue nothing, without a stop at its first line", async () => {
    const { request } = await propose(prompted, { style: "steps", steps: ["one", "two"], kind: "expand" });
    expect(request?.prompt.system).toBe(`Be kind.\n\n${prompts("next-step")}`);
    const messages = request?.prompt.messages ?? [];
    expect(messages.slice(0, -1)).toEqual(question.turns);
    expect(messages.at(-1)).toEqual({
      role: "user",
      content: prompts("steps-so-far", { question: question.text, steps: "one\ntwo" }),
    });
    expect(request?.prompt.prefill).toBeUndefined();
    expect(request?.stop).toBeUndefined();
  });

  test("at the root of such a model one step, or all of them, by its instructions alone", async () => {
    const step = await propose(prompted, { style: "steps", kind: "expand" });
    expect(step.request?.prompt).toMatchObject({
      system: `Be kind.\n\n${prompts("next-step")}`,
      messages: conversation,
    });
    const whole = await propose(prompted, { style: "steps", kind: "roll-out" });
    expect(whole.request?.prompt.system).toBe(`Be kind.\n\n${prompts("step-by-step")}`);
  });

  test("no stop text with a roll-out", async () => {
    for (const traits of [nanoLike, prefilled, prompted]) {
      expect((await propose(traits, { style: "steps", steps: ["one"] })).request?.stop).toBeUndefined();
    }
  });

  test("a place for streamed pieces only where somebody watches, which says where they belong", async () => {
    expect((await propose(prefilled, { style: "steps" })).request?.onDelta).toBeUndefined();
    const shown: object[] = [];
    const { request } = await propose(prefilled, { style: "steps", show: (delta) => shown.push(delta) });
    request?.onDelta?.({ sample: 1, kind: "text", text: "hm" });
    expect(shown).toEqual([{ site: "roll-out:0", sample: 1, kind: "text", text: "hm" }]);
  });
});

describe("what is made of the reply", () => {
  async function proposal(...parts: Parameters<typeof propose>) {
    return (await propose(...parts)).proposals[0];
  }

  test("all of it is the answer where the strategy thinks in no steps", async () => {
    const reply = { text: "It is 42.\nAnswer: 42", reasoning: "6 * 7" };
    expect(await proposal(prompted, { style: "plain" }, reply)).toEqual({
      steps: ["6 * 7"],
      answer: "It is 42.\nAnswer: 42",
    });
  });

  test("thinking is steps and text the answer where a model thinks apart", async () => {
    const reply = { text: "42", reasoning: "6 * 7 = 42\nso 42", meanLogprob: -0.5 };
    expect(await proposal(nanoLike, { style: "steps" }, reply)).toEqual({
      steps: ["6 * 7 = 42", "so 42"],
      answer: "42",
      meanLogprob: -0.5,
    });
    expect(await proposal(nanoLike, { style: "steps", kind: "expand" }, { reasoning: "6 * 7" })).toEqual({
      steps: ["6 * 7"],
    });
  });

  test("lines are steps and the label's line the answer", async () => {
    const reply = { text: "six sevens\nAnswer: 42" };
    expect(await proposal(prompted, { style: "steps" }, reply)).toEqual({
      steps: ["six sevens"],
      answer: "42",
    });
  });

  test("a model that thinks by itself answers in its text, and its label wins where it writes one", async () => {
    const bare = { reasoning: "6 * 7 = 42", text: "42" };
    expect(await proposal(prompted, { style: "steps" }, bare)).toEqual({
      steps: ["6 * 7 = 42"],
      answer: "42",
    });
    const labelled = { reasoning: "6 * 7 = 42", text: "six sevens\nAnswer: 42" };
    expect(await proposal(prompted, { style: "steps" }, labelled)).toEqual({
      steps: ["6 * 7 = 42", "six sevens"],
      answer: "42",
    });
  });

  test("a talkative model gives one step", async () => {
    const reply = { text: "six sevens\nthat is 42\nAnswer: 42", meanLogprob: -1 };
    expect(await proposal(prompted, { style: "steps", kind: "expand" }, reply)).toEqual({
      steps: ["six sevens"],
      meanLogprob: -1,
    });
  });

  test("one step of a model that thinks by itself is what it says, not what it thinks on the way", async () => {
    const reply = { reasoning: "The user wants one step.\nLet me see.", text: "six sevens" };
    expect(await proposal(prompted, { style: "steps", kind: "expand" }, reply)).toEqual({
      steps: ["six sevens"],
    });
  });

  test("what follows the place at which a thought begins to repeat itself is cut, and its answer stays", async () => {
    const text = ["six sevens", ...Array.from({ length: 9 }, () => "wait"), "Answer: 42"].join("\n");
    expect(await proposal(prompted, { style: "steps" }, { text })).toEqual({
      ...{ steps: ["six sevens", "wait"], answer: "42", cut: "1 line repeated 9 times" },
    });
    const babble = { text: `42 ${"is is ".repeat(60)}`, reasoning: "6 * 7 = 42" };
    expect(await proposal(nanoLike, { style: "steps" }, babble)).toEqual({
      ...{ steps: ["6 * 7 = 42"], answer: "42 is", cut: "1 word repeated 120 times" },
    });
  });

  test("a step that goes on with what the thought has said over and over is cut too", async () => {
    const steps = ["six sevens", ...Array.from({ length: 7 }, () => "wait")];
    const asked = { style: "steps" as const, kind: "expand" as const, steps };
    expect(await proposal(prefilled, asked, { text: "wait" })).toEqual({
      ...{ steps: [], cut: "1 line repeated 8 times" },
    });
    expect(await proposal(prefilled, asked, { text: "so 42" })).toEqual({ steps: ["so 42"] });
  });

  test("an empty reply is a proposal without step and answer", async () => {
    expect(await proposal(prompted, { style: "steps" }, { text: " \n" })).toEqual({ steps: [] });
  });
});
