import { describe, expect, test } from "vitest";
import type { ThoughtThrough } from "../think.ts";
import { type AgentWorld, eventsOf, thinkWithAgents } from "./agent-world.ts";

/** A planner's step in its form, of about fifty words. */
function step(answer: string, score: number): string {
  const actions = [score, 1, 1, 1].map((one, index) => ({ action: `act ${index}`, score: one, reason: "r" }));
  return JSON.stringify({
    ...{ reflection: "", actions, decision: 1, execution: "do it", answer, done: false },
  });
}

/** Three planners at once, the later ones thinking more of their own proposals. */
function planners(settings: AgentWorld["settings"], more: Partial<AgentWorld> = {}) {
  return thinkWithAgents({
    ...{ strategy: "plan", says: { planner: (_, call) => step(`${call + 1}`, 2 + (call % 3)), writer: "" } },
    ...{ settings: { width: 3, depth: 4, ...settings }, ...more },
  });
}

const sitesOf = (events: ReturnType<typeof planners>["events"]) =>
  eventsOf(events, "call-finished").map(({ site }) => site);

describe("several calls at once that the budget does not reach together", () => {
  test.each([1, 2])(
    "of three proposals %i are asked for, the best of them is the step, and then the budget is told",
    async (calls) => {
      const { result, events } = planners({ budget: { calls } });
      expect(await result).toMatchObject({ text: `${calls}`, stopReason: "budget" });
      expect(sitesOf(events)).toEqual(["plan:0", "plan:0#2"].slice(0, calls));
      expect(eventsOf(events, "budget-exhausted")).toMatchObject([{ limit: "calls", allowed: calls }]);
      expect(eventsOf(events, "step-pruned")).toHaveLength(calls - 1);
    },
  );

  test("a step that only some planners reached is the newest: its answer stands, not that of the step before", async () => {
    const { result } = planners({ budget: { calls: 5 } });
    expect((await result).text).toBe("5");
  });

  test("what does not fit beside the others is asked for once they have given back what they reserved", async () => {
    const cost = await sizeOf({});
    // Room for one call of the most tokens that it may take, and for what all three really take.
    const { result, events } = planners({ depth: 1, maxTokens: 10 * cost, budget: { tokens: 16 * cost } });
    expect(await result).toMatchObject({ text: "3" });
    expect(sitesOf(events)).toEqual(["plan:0", "plan:0#2", "plan:0#3", "write:0.2"]);
  });

  test("a resumed question asks for the same ones, wherever its log was cut", async () => {
    const settings = { budget: { calls: 5 } };
    const whole = planners(settings);
    const answer = await whole.result;
    for (let cut = 1; cut < whole.events.length; cut++) {
      const logged = whole.events.slice(0, cut);
      const finished = eventsOf(logged, "call-finished").length;
      const says = {
        planner: (_: unknown, call: number) => step(`${finished + call + 1}`, 2 + ((finished + call) % 3)),
      };
      const again = planners(settings, { logged, says });
      expect(bare(await again.result), `cut at ${cut}`).toEqual(bare(answer));
      expect(again.asked).toHaveLength(5 - finished);
    }
  });
});

test("an analysis that the budget still reached is kept, and the planner's guess stands", async () => {
  const tasks = ["tens", "ones"].map((task) => ({ task, check: "?", threshold: 0.5 }));
  const { result, events } = thinkWithAgents({
    ...{ strategy: "panel", says: { planner: JSON.stringify({ guess: "40", tasks }), policy: "four tens" } },
    settings: { budget: { calls: 2 } },
  });
  expect(await result).toMatchObject({ text: "40", stopReason: "budget" });
  expect(eventsOf(events, "step-added").map(({ text }) => text)).toContain("Sub-task 1: tens\nfour tens");
});

/** Tokens of a question with one planner and one step. */
async function sizeOf(settings: AgentWorld["settings"]): Promise<number> {
  const { usage } = await planners({ width: 1, depth: 1, ...settings, budget: { calls: 1 } }).result;
  return usage.inputTokens + usage.outputTokens;
}

function bare({ usage: _usage, ...answer }: ThoughtThrough): object {
  return answer;
}
