import { describe, expect, test } from "vitest";
import type { Prompt } from "../models/client.ts";
import { type ScriptedReply, scriptedBackend } from "../models/scripted.ts";
import { monologueArms, monologueInstructions } from "./monologue/arms.ts";
import { openPrompts } from "./prompt.ts";
import { type ThinkOptions, think } from "./think-aloud.ts";

const written = (answer: string): string =>
  `<scratchpad>\nhm\nwait\n</scratchpad>\n<final_answer>${answer}</final_answer>`;

function mutter(reply: (prompt: Prompt, sample: number) => ScriptedReply, options: ThinkOptions = {}) {
  const prompts: Prompt[] = [];
  const model = scriptedBackend({
    reply: (prompt, sample) => {
      prompts.push(prompt);
      return reply(prompt, sample);
    },
  });
  return {
    prompts,
    thinking: think("What is six times seven?", { strategy: "monologue", model, ...options }),
  };
}

describe("monologue", () => {
  test("thinks on a pad, one call, and answers with what stands behind it", async () => {
    const { thinking, prompts } = mutter(() => written("42"));
    expect(await thinking).toMatchObject({ text: "42", thought: ["hm", "wait"], stopReason: "answered" });
    expect(prompts).toHaveLength(1);
    expect(prompts[0]?.messages).toEqual([{ role: "user", content: "What is six times seven?" }]);
  });

  test("votes where there are several, by answers and not by texts", async () => {
    const answers = ["41", "42", "x = 42", "42.0", "7"];
    const { thinking } = mutter((_, sample) => written(answers[sample] ?? ""), { samples: 5, confidence: 1 });
    const { text, candidates } = await thinking;
    expect(text).toBe("42");
    expect(candidates[0]).toEqual({ answer: "42", votes: 3, score: 0.6 });
    expect(thinking.events.findLast(({ type }) => type === "answer-chosen")).toMatchObject({
      reason: "vote 3 of 5 monologues",
    });
  });

  test("asks no more monologues once the vote is settled", async () => {
    const { thinking, prompts } = mutter(() => written("42"), { samples: 32 });
    expect((await thinking).text).toBe("42");
    expect(prompts.length).toBeLessThan(16);
  });

  test("has no answer where the pad broke off", async () => {
    const { thinking } = mutter(() => "<scratchpad>\nhm\nwai");
    expect(await thinking).toMatchObject({ stopReason: "no-answer", candidates: [] });
  });

  test("puts what a model thinks by itself before its pad", async () => {
    const { thinking } = mutter(() => ({ text: written("42"), reasoning: "let me see\nsix, seven" }));
    expect((await thinking).thought).toEqual(["let me see", "six, seven", "hm", "wait"]);
  });

  test("cuts a pad that goes round in circles, and keeps its answer", async () => {
    const circling = `<scratchpad>${"\nwait, let me see again".repeat(200)}\n</scratchpad><final_answer>42</final_answer>`;
    const { thinking } = mutter(() => circling);
    const { text, thought } = await thinking;
    expect(text).toBe("42");
    expect(thought.length).toBeLessThan(10);
    expect(thinking.events.some(({ type }) => type === "thought-cut")).toBe(true);
  });

  test("refuses an arm that does not exist before it asks anything, and names the arms", async () => {
    const { thinking, prompts } = mutter(() => written("42"), { arm: "no-metod" });
    await expect(thinking).rejects.toMatchObject({
      exitCode: 2,
      message:
        'monologue has no arm "no-metod"; there are full, short, no-method, no-example, step-by-step. Did you mean no-method?',
    });
    expect(prompts).toEqual([]);
  });
});

describe("the arms", () => {
  const prompts = openPrompts();
  const instructions = (arm: string): string => monologueInstructions(arm, prompts);
  const parts = ["monologue-examples", "monologue-requirements", "monologue-methods"] as const;

  test.each([
    ["full", [true, true, true]],
    ["short", [true, false, true]],
    ["no-method", [true, true, false]],
    ["no-example", [false, true, true]],
    ["step-by-step", [false, false, false]],
  ] as const)("%s has its parts of the prompt and the form of the reply", (arm, has) => {
    expect(parts.map((part) => instructions(arm).includes(prompts(part)))).toEqual(has);
    expect(instructions(arm)).toContain("<scratchpad>");
    expect(instructions(arm)).toContain("<final_answer>");
  });

  test("are all different, and none is an inherited name", () => {
    expect(new Set(monologueArms.map(instructions)).size).toBe(5);
    expect(() => instructions("constructor")).toThrow("no arm");
  });

  test("show three pads whose sums and ciphers are right", () => {
    const examples = prompts("monologue-examples");
    expect(examples.match(/<scratchpad>/g)).toHaveLength(3);
    const written = (word: string): string =>
      (word.match(/../g) ?? [])
        .flatMap((pair) => [...pair].reverse())
        .map((letter) => String.fromCharCode(letter.charCodeAt(0) + 1))
        .join("");
    expect(examples).toContain(`"garden" is written "${written("garden")}"`);
    expect(examples).toContain(`What does "${written("knight")}" say?`);
  });

  test("ask for five ways of thinking", () => {
    expect(prompts("monologue-methods").match(/^\d\./gm)).toHaveLength(5);
  });
});
