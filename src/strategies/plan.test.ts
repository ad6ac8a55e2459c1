import { APICallError } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Prompt } from "../models/client.ts";
import { type ScriptedSettings, scriptedBackend } from "../models/scripted.ts";
import type { Event, EventType } from "../thought/event.ts";
import { plannedStepSchema } from "./plan/form.ts";
import { type ThinkOptions, think } from "./think-aloud.ts";

/** What a planner says when asked for a step, from 1; `voice` tells planners of one step apart. */
type Planner = (step: number, voice: number, prompt: Prompt) => string;

/** A step in the form asked for. */
function say(execution: string, more: Record<string, unknown> = {}): string {
  const actions = [5, 4, 2, 1].map((score, index) => ({ action: `act ${index + 1}`, score, reason: "r" }));
  return JSON.stringify({
    reflection: "so far",
    actions,
    decision: 1,
    execution,
    answer: null,
    done: false,
    ...more,
  });
}

const textOf = ({ messages }: Prompt): string => messages.at(-1)?.content ?? "";

/** A call that fails for good. */
function refuse(): never {
  throw new APICallError({ message: "not today", url: "scripted", requestBodyValues: {}, statusCode: 422 });
}

/** Plans with scripted models and keeps what they were asked. */
function planWith(
  planner: Planner,
  options: ThinkOptions = {},
  writer: ScriptedSettings["reply"] = () => "as planned\nAnswer: 42",
) {
  const asked: { role: "planner" | "writer"; prompt: Prompt }[] = [];
  const voices = new Map<string, number>();
  const roles = {
    planner: scriptedBackend({
      name: "scripted/planner",
      reply: (prompt) => {
        asked.push({ role: "planner", prompt });
        const place = JSON.stringify(prompt);
        const voice = voices.get(place) ?? 0;
        voices.set(place, voice + 1);
        return planner(Number(/Take step (\d+)/.exec(prompt.messages[0]?.content ?? "")?.[1]), voice, prompt);
      },
    }),
    writer: scriptedBackend({
      name: "scripted/writer",
      reply: (prompt, sample, seed) => {
        asked.push({ role: "writer", prompt });
        return writer(prompt, sample, seed);
      },
    }),
  };
  const model = scriptedBackend({ reply: () => "not asked" });
  const thinking = think("What is six times seven?", { strategy: "plan", model, roles, ...options });
  const of = <Type extends EventType>(type: Type) =>
    thinking.events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
  const calls = () => asked.map(({ role }) => role);
  return { thinking, asked, calls, of };
}

describe("plan", () => {
  test("takes one call a step until the planner is done, and one more to write the answer", async () => {
    const { thinking, calls, of } = planWith((step) =>
      step < 3 ? say(`part ${step}`) : say("all", { answer: "42", done: true }),
    );
    const { text, thought, stopReason, candidates } = await thinking;
    expect(calls()).toEqual(["planner", "planner", "planner", "writer"]);
    expect({ text, stopReason }).toEqual({ text: "42", stopReason: "answered" });
    expect(thought).toEqual(["part 1", "part 2", "all", "as planned"]);
    expect(candidates).toMatchObject([{ answer: "42", votes: 2 }]);
    expect(of("answer-chosen")).toMatchObject([{ reason: "written from the plan: the planner was done" }]);
  });

  test("logs the reflection, the actions with their scores, and the score of the step", async () => {
    const { thinking, of } = planWith(() => say("all", { answer: "42", done: true }));
    await thinking;
    const [reflection, actions] = of("agent-spoke");
    expect(reflection).toMatchObject({ agent: "planner", text: "so far" });
    expect(actions?.text.split("\n")).toEqual([
      ...["→ 1. [5] act 1 (r)", "  2. [4] act 2 (r)", "  3. [2] act 3 (r)", "  4. [1] act 4 (r)"],
    ]);
    expect(of("step-scored")).toMatchObject([{ node: "0.0", value: 1, by: "planner", reason: "r" }]);
  });

  test("stops where the answer has stayed the same for two steps, also if written differently", async () => {
    const answers = ["41", null, "42", "x = 42.0", "43"];
    const { thinking, calls, of } = planWith((step) => say("hm", { answer: answers[step - 1] }));
    await thinking;
    expect(calls()).toEqual([...Array.from({ length: 4 }, () => "planner"), "writer"]);
    expect(of("answer-chosen")).toMatchObject([
      { reason: "written from the plan: the answer stayed the same" },
    ]);
  });

  test("ends after ten steps where the planner never does, and after `depth` where that is named", async () => {
    const never: Planner = (step) => say(`quiz ${step}`, { answer: `${step}` });
    const ten = planWith(never);
    expect((await ten.thinking).text).toBe("42");
    expect(ten.calls()).toHaveLength(11);
    expect(ten.of("answer-chosen")[0]?.reason).toMatch(/10 steps were taken$/);
    const three = planWith(never, { depth: 3 });
    await three.thinking;
    expect(three.calls()).toHaveLength(4);
  });

  test("shows the planner the question, the steps and the answers so far, and nothing else it has said", async () => {
    const { thinking, asked } = planWith((step) => say(`part ${step}`, { answer: `${step}` }), { depth: 3 });
    await thinking;
    const [first, second, third] = asked.map(({ prompt }) => textOf(prompt));
    expect(first).toMatch(
      /^What is six times seven\?\n\nSteps so far:\n\(none yet\)\n\nTake step 1 of at most 3\.$/,
    );
    expect(second).toContain("\n1. part 1\n   Best answer then: 1\n");
    expect(third).toContain("\n2. part 2\n");
    expect(asked.every(({ prompt }) => prompt.messages.length === 1)).toBe(true);
    expect(asked.map(({ prompt }) => textOf(prompt)).join()).not.toMatch(/so far"|act 1/);
  });

  test("passes on the caller's system message and earlier turns, to planner and writer", async () => {
    const turns = [{ role: "user" as const, content: "Hi" }];
    const question = { id: "q1", text: "And seven?", system: "Be kind.", turns };
    const prompts: Prompt[] = [];
    const reply = (prompt: Prompt): string => {
      prompts.push(prompt);
      return say("all", { done: true });
    };
    await think(question, { strategy: "plan", model: scriptedBackend({ reply }) });
    expect(prompts).toHaveLength(2);
    for (const { system, messages } of prompts) {
      expect(system).toMatch(/^Be kind\.\n\nYou /);
      expect(messages[0]).toEqual({ role: "user", content: "Hi" });
    }
  });

  test("takes the best-scored action where the planner decides against its scores, and warns of it", async () => {
    const { thinking, of } = planWith((step) =>
      step === 1
        ? say("rash", { decision: 4, answer: "9", done: true })
        : say("all", { answer: "42", done: true }),
    );
    const { thought } = await thinking;
    expect(thought.slice(0, 2)).toEqual(["act 1 (still to be carried out)", "all"]);
    expect(of("warning-raised")).toMatchObject([
      { text: expect.stringMatching(/^planner at step 1 decided for action 4 \(score 1\) against action 1/) },
    ]);
    expect(of("answer-proposed").map(({ answer }) => answer)).not.toContain("9");
  });
});

describe("plan with several planners", () => {
  test("asks them at once and carries out the highest-scored proposal; the others are pruned", async () => {
    const low = [3, 2, 2, 1].map((score, index) => ({ action: `${index}`, score, reason: "" }));
    const { thinking, calls, of } = planWith(
      (step, voice) =>
        say(`${step} by ${voice}`, { answer: `${step}${voice}`, ...(voice === 1 ? {} : { actions: low }) }),
      { width: 3, depth: 2 },
    );
    const { thought } = await thinking;
    expect(calls()).toEqual([...Array.from({ length: 6 }, () => "planner"), "writer"]);
    expect(thought).toEqual(["1 by 1", "2 by 1", "as planned"]);
    expect(of("step-pruned").map(({ node }) => node)).toEqual(["0.0", "0.2", "0.1.0", "0.1.2"]);
    expect(new Set(of("agent-spoke").map(({ agent }) => agent))).toEqual(
      new Set(["planner", "planner 2", "planner 3"]),
    );
  });

  test("goes on with those that keep to the form", async () => {
    const { thinking, calls, of } = planWith(
      (_, voice, { messages }) =>
        voice === 0 || messages.length > 1 ? "let me see" : say("all", { answer: "42", done: true }),
      { width: 2 },
    );
    expect((await thinking).thought[0]).toBe("all");
    expect(calls().filter((role) => role === "planner")).toHaveLength(4);
    expect(of("warning-raised")).toHaveLength(3);
  });
});

describe("plan with a planner that does not keep to the form", () => {
  test("takes its prose as the last step, with the answer in it, and lets the writer go on from there", async () => {
    const { thinking, asked, of } = planWith(() => "Six sevens\nare 42.\nAnswer: 42");
    const { thought, text } = await thinking;
    expect(thought).toEqual(["Six sevens are 42.", "as planned"]);
    expect(text).toBe("42");
    expect(asked.map(({ role }) => role)).toEqual(["planner", "planner", "planner", "writer"]);
    expect(textOf(asked.at(-1)?.prompt ?? { messages: [] })).toContain(
      "1. Six sevens are 42.\n   Best answer then: 42",
    );
    expect(of("warning-raised").at(-1)?.text).toMatch(/^planning ends at step 1, where its prose is taken/);
    expect(of("answer-chosen")[0]?.reason).toMatch(/the planner gave no plan$/);
  });

  test.each([
    ["nothing", ""],
    ["an object that broke off", '{"reflection": "I would say that the'],
    ["a fenced object in another form", '```json\n{"plan": "think hard"}\n```'],
    ["a number", "7"],
  ])("has the writer answer from the question alone where it says %s", async (_what, said) => {
    const { thinking, of, asked } = planWith(() => said);
    expect(await thinking).toMatchObject({ text: "42", thought: ["as planned"] });
    expect(textOf(asked.at(-1)?.prompt ?? { messages: [] })).toContain("Steps taken:\n(none yet)\n");
    expect(of("warning-raised").at(-1)?.text).toMatch(/^planning ends at step 1, where there is no step/);
  });

  test("has the writer go on from the steps before where its call fails", async () => {
    const { thinking, of } = planWith((step) => (step === 1 ? say("part 1") : refuse()));
    expect((await thinking).thought).toEqual(["part 1", "as planned"]);
    expect(of("task-told")).toMatchObject([{ task: "plan:0.0", outcome: "failed" }]);
  });

  test("keeps the steps that it took before", async () => {
    const { thinking } = planWith((step) => (step === 1 ? say("part 1", { answer: "40" }) : ""));
    expect((await thinking).thought).toEqual(["part 1", "as planned"]);
  });
});

describe("plan whose writer", () => {
  const solved: Planner = () => say("all", { answer: "42", done: true });

  test("forgets the label has still written the answer", async () => {
    const { thinking } = planWith(solved, {}, () => "It is forty-two.");
    expect((await thinking).text).toBe("It is forty-two.");
  });

  test.each(["", " \n "])(
    "writes nothing (%j) leaves the plan's own answer, with a warning",
    async (said) => {
      const { thinking, of } = planWith(solved, {}, () => said);
      expect((await thinking).text).toBe("42");
      expect(of("warning-raised").at(-1)?.text).toBe(
        "the writer wrote nothing; the plan's own answer has to do",
      );
      expect(of("answer-chosen")[0]?.reason).toBe("best answer of the plan: the planner was done");
    },
  );

  test("fails leaves the plan's own answer, or the error where there is none", async () => {
    const { thinking, of } = planWith(solved, {}, refuse);
    expect(await thinking).toMatchObject({ text: "42", stopReason: "answered" });
    expect(of("warning-raised").at(-1)?.text).toMatch(/^the writer gave no answer: .*not today/);
    const unsolved = planWith(refuse, {}, refuse);
    await expect(unsolved.thinking).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining("not today"),
    });
  });
});

describe("plan within limits", () => {
  test("is not written where the budget has ended: the newest answer of the steps taken stands", async () => {
    const { thinking, calls } = planWith((step) => say("hm", { answer: `${step}` }), {
      budget: { calls: 3 },
    });
    expect(await thinking).toMatchObject({ text: "3", stopReason: "budget" });
    expect(calls()).toEqual(["planner", "planner", "planner"]);
  });

  test("ends at a step whose answer a checker verifies, and needs no writer", async () => {
    const checker = {
      name: "six sevens",
      check: (_: unknown, answer: string) => ({ correct: answer === "42", reason: "" }),
    };
    const { thinking, calls } = planWith((step) => say("hm", { answer: `${40 + step}` }), { checker });
    expect(await thinking).toMatchObject({ text: "42", checked: true });
    expect(calls()).toEqual(["planner", "planner"]);
  });
});

test("whatever its planners say, plan ends within its steps, with an answer that was proposed", async () => {
  const sayings = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        answer: fc.constantFrom("1", "2", null),
        done: fc.boolean(),
        decision: fc.integer({ min: 0, max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom("", "prose", "{}", "Answer: 3") },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(sayings, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (script, width) => {
        let next = 0;
        const { thinking, calls, of } = planWith(
          () => {
            const said = script[next++ % script.length] ?? "";
            return typeof said === "string" ? said : say("hm", said);
          },
          { width, depth: 4 },
        );
        const { text, candidates, stopReason } = await thinking;
        expect(stopReason).toBe("answered");
        expect(candidates.map(({ answer }) => answer)).toContain(text);
        expect(calls().filter((role) => role === "planner").length).toBeLessThanOrEqual(4 * width * 3);
        expect(calls().filter((role) => role === "writer")).toHaveLength(1);
        expect(of("step-added").length).toBeLessThanOrEqual(4 * width + 1);
      },
    ),
    { numRuns: 25 },
  );
});

test("the form that the prompt shows is the form that is asked for", () => {
  expect(Object.keys(plannedStepSchema.shape)).toEqual([
    ...["reflection", "actions", "decision", "execution", "answer", "done"],
  ]);
});
