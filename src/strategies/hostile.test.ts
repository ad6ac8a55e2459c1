import { describe, expect, test } from "vitest";
import type { Reward } from "../rewards/reward.ts";
import type { Event } from "../thought/event.ts";
import { roleSchema } from "../thought/usage.ts";
import { type AgentWorld, eventsOf, type RoleReplies, thinkWithAgents } from "./agents/agent-world.ts";
import { strategies } from "./registry.ts";
import type { ThoughtThrough } from "./think.ts";

const names = strategies.map(({ name }) => name);
const searches = [
  "best-of-n",
  "beam",
  "dvts",
  "lookahead",
  "best-first",
  "depth-first",
  "mcts",
  "adaptive-mcts",
];

const settings: AgentWorld["settings"] = {
  ...{ samples: 4, width: 2, keep: 2, depth: 4, rollouts: 4, rounds: 2, maxTokens: 200, lookahead: 1 },
};

/** Every role says the same. */
const everybody = (says: RoleReplies): AgentWorld["says"] =>
  Object.fromEntries(roleSchema.options.map((role) => [role, says]));

/** Thinks to its end: an answer or none, or one line that says what is wrong. */
async function endOf(world: AgentWorld): Promise<{
  thought?: ThoughtThrough;
  line?: string;
  events: readonly Event[];
  calls: number;
}> {
  const { result, events, asked } = thinkWithAgents({
    ...world,
    // Searches over steps have nothing to rank by otherwise.
    traits: { policy: { logprobs: true } },
    settings: { ...settings, ...world.settings },
  });
  try {
    return { thought: await result, events, calls: asked.length };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    expect(error).toMatchObject({ exitCode: 1 });
    return { line: error.message, events, calls: asked.length };
  }
}

describe.each(names)("%s, whose models", (strategy) => {
  test.each([[""], ["<think> \n </think>"]])("say nothing (%j), ends without an answer", async (nothing) => {
    const { thought, line, events, calls } = await endOf({ strategy, says: everybody(nothing) });
    if (thought === undefined) expect(line).toMatch(/^[^\n]+$/);
    else expect(thought).toMatchObject({ stopReason: "no-answer", candidates: [] });
    expect(eventsOf(events, "answer-proposed")).toEqual([]);
    expect(calls).toBeLessThan(64);
  });

  test.each<[string, string]>([
    ["prose", "Well, it depends on how one looks at it. I would say so."],
    ["brackets", "{".repeat(2_000)],
    [
      "objects of another form",
      `${'{"choice": {"a": [1'.repeat(500)} {"verdict": null, "score": "many", "done": "no"}`,
    ],
    ["the names of inherited properties", '{"__proto__": {"choice": "continue"}, "constructor": 1}'],
    ["steering for a terminal", "\u001b[2J\u001b]0;owned\u0007 Answer: \u001b[31m1\u001b[0m"],
    ["a label alone", "Answer:\n\nAnswer: \nAnswer:"],
    [
      "numbers beyond all bounds",
      '{"score": 1e999, "best": 1e999, "decision": -1, "step": 1e308, "answer": 1e400}',
    ],
  ])("say %s, comes to an end", async (_, text) => {
    const { thought, line, events, calls } = await endOf({ strategy, says: everybody(text) });
    if (thought === undefined) expect(line).toMatch(/^[^\n]+$/);
    else expect(["answered", "no-answer"]).toContain(thought.stopReason);
    expect(calls).toBeLessThan(64);
    for (const { value } of eventsOf(events, "step-scored")) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test("have a budget that reaches nothing are not asked, and the log says which limit it was", async () => {
    const { thought, events, calls } = await endOf({
      ...{ strategy, says: everybody("Answer: 1"), settings: { budget: { tokens: 1 } } },
    });
    expect(thought).toMatchObject({ stopReason: "budget", candidates: [] });
    expect(calls).toBe(0);
    expect(eventsOf(events, "budget-exhausted")).toMatchObject([{ limit: "tokens", allowed: 1 }]);
  });
});

describe.each(searches)("%s, whose reward", (strategy) => {
  const policy: RoleReplies = (_, call) => (call % 2 === 0 ? `so ${call}` : `Answer: ${call % 3}`);

  test.each([Number.NaN, -0.1, 1.01])(
    "gives %d, answers all the same: the scores are failed tasks, and a warning says so",
    async (value) => {
      const broken: Reward = { name: "broken", score: async () => ({ value, by: "broken" }) };
      const { thought, events } = await endOf({
        strategy,
        says: { ...everybody("easy"), policy },
        reward: broken,
      });
      expect(thought).toMatchObject({ stopReason: "answered" });
      const fault = `the reward broken gave ${value}, which is not within 0 and 1`;
      const failed = eventsOf(events, "task-told").filter(({ outcome }) => outcome === "failed");
      expect(failed.length).toBeGreaterThan(0);
      for (const { error } of failed) expect(error).toBe(fault);
      expect(eventsOf(events, "step-scored").filter(({ by }) => by === "broken")).toEqual([]);
      expect(eventsOf(events, "warning-raised")).toMatchObject([
        { text: `no thought could be scored by broken: ${fault}` },
      ]);
    },
  );

  test("is a judge that answers in prose, answers all the same, and a warning says why nothing was scored", async () => {
    const says = { ...everybody("easy"), policy, judge: "Looks fine to me." };
    const { thought, events } = await endOf({ strategy, says, settings: { reward: "judge" } });
    expect(thought).toMatchObject({ stopReason: "answered" });
    expect(eventsOf(events, "warning-raised").at(-1)?.text).toMatch(/^no thought could be scored by judge: /);
  });
});
