import { describe, expect, test } from "vitest";
import type { ModelTraits } from "../models/client.ts";
import { type AgentWorld, eventsOf, refuse, thinkWithAgents } from "./agents/agent-world.ts";

const good = JSON.stringify({ reason: "it holds", step: null, verdict: "good" });
const bad = (step: number | string | null, reason = "that is odd"): string =>
  JSON.stringify({ reason, step, verdict: "bad" });
const solution = (answer: number, ...steps: string[]): string => [...steps, `Answer: ${answer}`].join("\n");
const nanoLike: Partial<ModelTraits> = { followsInstructions: false, prefill: "thinking" };

function debate(world: Omit<AgentWorld, "strategy">) {
  return thinkWithAgents({ strategy: "debate", ...world });
}

describe("rounds", () => {
  test("agreement ends it: two calls, no judge", async () => {
    const { result, events, asked } = debate({
      says: { policy: solution(42, "six sevens"), critic: good },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["six sevens"] });
    expect(asked.map(({ role }) => role)).toEqual(["policy", "critic"]);
    expect(asked[1]?.text).toContain("1. six sevens");
    expect(eventsOf(events, "agent-spoke")).toMatchObject([{ agent: "critic", text: "good: it holds" }]);
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("the critic agreed in round 1");
  });

  test("an objection sends the policy back to before the wrong step, with the reason and what it wrote", async () => {
    const { result, events, asked } = debate({
      says: {
        policy: [solution(43, "six sevens", "makes 43"), solution(42, "makes 42")],
        critic: [bad(2, "43 is\nodd"), good],
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["six sevens", "makes 42"] });
    expect(eventsOf(events, "backtracked")).toMatchObject([{ from: "0.0/1", to: "0.0" }]);
    expect(asked[2]?.prompt.prefill).toBe("six sevens\n");
    expect(asked[2]?.prompt.system).toContain("makes 43\nAnswer: 43");
    expect(asked[2]?.prompt.system).toContain("objected: 43 is odd");
    expect(eventsOf(events, "step-scored").map(({ value }) => value)).toEqual([0, 1]);
  });

  test.each([[null], [0], [-1], [1.5], [99], ["the second"]])(
    "an objection to step %j begins anew",
    async (step) => {
      const { result, events, asked } = debate({
        says: { policy: [solution(43, "one", "two"), solution(42, "three")], critic: [bad(step), good] },
      });
      expect((await result).thought).toEqual(["three"]);
      expect(eventsOf(events, "backtracked")).toMatchObject([{ to: "0" }]);
      expect(asked[2]?.text).toContain("one\ntwo\nAnswer: 43");
    },
  );

  test("the same answer in two rounds ends it, whatever the critic thinks", async () => {
    const { result, events, asked } = debate({
      says: { policy: [solution(42, "a"), "b\nAnswer: 42.0"], critic: bad(1) },
    });
    expect(await result).toMatchObject({ text: "42.0", thought: ["b"] });
    expect(asked.map(({ role }) => role)).toEqual(["policy", "critic", "policy"]);
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("the same answer in two rounds");
  });

  test("after `rounds` a judge decides between the answers", async () => {
    const { result, events, asked } = debate({
      settings: { rounds: 3 },
      says: {
        policy: [solution(41, "a"), solution(42, "b"), solution(43, "c")],
        critic: bad(null),
        judge: '{"reason": "six\\nsevens", "best": 2}',
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["b"] });
    expect(asked).toHaveLength(7);
    expect(asked.at(-1)?.text).toContain("Candidate 3:\nc\nAnswer: 43");
    expect(eventsOf(events, "agent-spoke").at(-1)).toMatchObject({
      agent: "judge",
      text: "candidate 2: six sevens",
    });
  });

  test("answers that come back are one candidate, and one candidate needs no judge", async () => {
    const policy = [solution(41, "a"), solution(42, "b"), solution(41, "c")];
    const two = debate({ says: { policy, critic: bad(null), judge: '{"best": 1}' } });
    expect(await two.result).toMatchObject({ text: "41", thought: ["c"] });
    expect(two.asked.at(-1)?.text).not.toContain("Candidate 3");
    const one = debate({ settings: { rounds: 1 }, says: { policy, critic: bad(null) } });
    expect((await one.result).text).toBe("41");
  });
});

describe("models that were trained for the roles", () => {
  const traits = {
    policy: nanoLike,
    critic: { ...nanoLike, chooses: ["critic" as const] },
    judge: { ...nanoLike, chooses: ["judge" as const] },
  };
  const thought = (text: string, reasoning: string) => ({ text, reasoning });

  test("the critic judges the last step, the judge every answer, and the likeliest wins", async () => {
    const { result, events, asked } = debate({
      traits,
      settings: { rounds: 2 },
      says: {
        policy: [thought("41", "6 * 7\n41"), thought("42", "42")],
        critic: [
          { text: "backtrack", choices: { backtrack: 0.7, continue: 0.3 } },
          { text: "reflect", choices: { reflect: 0.9, terminate: 0.1 } },
        ],
        judge: ({ messages, prefill }) => {
          const right = `${messages.at(-1)?.content}${prefill}`.includes("41");
          return { text: right ? "bad" : "good", choices: right ? { good: 0.2 } : { good: 0.8 } };
        },
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["6 * 7", "42"] });
    expect(asked.map(({ role }) => role)).toEqual([
      ...["policy", "critic", "policy", "critic", "judge", "judge"],
    ]);
    expect(eventsOf(events, "backtracked")).toMatchObject([{ from: "0.0/1", to: "0.0" }]);
    const scores = eventsOf(events, "step-scored").map(({ by, value }) => `${by} ${value.toFixed(1)}`);
    expect(scores).toEqual(["critic 0.3", "critic 0.1", "judge 0.2", "judge 0.8"]);
    expect(asked.every(({ prompt }) => prompt.system === undefined)).toBe(true);
  });

  test("a critic for which the thought stands agrees", async () => {
    const { result, asked } = debate({
      traits,
      says: { policy: thought("42", "6 * 7 = 42"), critic: { text: "terminate", choices: { terminate: 1 } } },
    });
    expect((await result).text).toBe("42");
    expect(asked).toHaveLength(2);
  });

  test("the newest solution stands where no answer could be judged", async () => {
    const { result, events } = debate({
      traits,
      settings: { rounds: 2 },
      says: {
        policy: [thought("41", "a"), thought("42", "b")],
        critic: "backtrack",
        judge: () => refuse("no judge today"),
      },
    });
    expect((await result).text).toBe("42");
    expect(eventsOf(events, "warning-raised").at(-1)?.text).toContain("the newest solution stands");
  });
});

describe("faults", () => {
  const policy = [solution(41, "a"), solution(42, "b"), solution(43, "c")];

  test.each([
    ["prose", "A fair attempt."],
    ["an unknown verdict", '{"verdict": "so-so"}'],
    ["nothing", ""],
  ])(
    "a critic that says %s neither agrees nor objects: only the same answer again ends it early",
    async (_, said) => {
      const { result, events, asked } = debate({
        says: { policy: [solution(41, "a"), solution(42, "b"), solution(42, "c")], critic: said },
      });
      expect(await result).toMatchObject({ text: "42", thought: ["c"] });
      const warnings = eventsOf(events, "warning-raised").map(({ text }) => text);
      expect(warnings.filter((text) => text.includes("neither agreement nor objection"))).toHaveLength(2);
      expect(asked.filter(({ role }) => role === "policy").at(-1)?.text).not.toContain("objected");
    },
  );

  test.each([
    ["prose", "The second, I think."],
    ["nothing", ""],
    ["a candidate that is not there", '{"best": 9}'],
    ["half a candidate", '{"best": 1.5}'],
  ])("a judge that says %s decides nothing: the newest solution stands", async (_, said) => {
    const { result, events } = debate({ says: { policy, critic: bad(null), judge: said } });
    expect(await result).toMatchObject({ text: "43", stopReason: "answered" });
    expect(eventsOf(events, "warning-raised").at(-1)?.text).toContain("the newest solution stands");
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("the newest solution");
  });

  test("a round whose policy fails or comes to no answer is lost, the others go on", async () => {
    const { result } = debate({
      settings: { rounds: 3 },
      says: {
        policy: (_, call) => (call === 0 ? refuse("busy") : call === 1 ? "cut off" : solution(42, "b")),
        critic: good,
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["b"] });
  });

  test("a revision that is cut off is no ground to go on from: the next begins anew", async () => {
    const { result, asked } = debate({
      says: {
        policy: [solution(43, "six sevens", "makes 43"), "cut off", solution(42, "b")],
        critic: [bad(2), good],
      },
    });
    expect((await result).thought).toEqual(["b"]);
    expect(asked[3]?.text).not.toContain("objected");
  });

  test("a policy that always fails ends it in one line", async () => {
    const { result, asked } = debate({ says: { policy: () => refuse("no policy today") } });
    await expect(result).rejects.toThrow(/^[^\n]*no policy today[^\n]*$/);
    expect(asked).toHaveLength(3);
  });

  test.each([
    [1, "41"],
    [2, "41"],
    [3, "42"],
    [5, "43"],
    [6, "43"],
  ])("a budget of %i calls ends it with the newest solution", async (calls, text) => {
    const { result } = debate({
      settings: { budget: { calls } },
      says: { policy, critic: bad(null), judge: '{"best": 1}' },
    });
    expect(await result).toMatchObject({ text, stopReason: "budget" });
  });

  test("the user's stop is passed on", async () => {
    const stop = new AbortController();
    const { result } = debate({
      signal: stop.signal,
      says: {
        policy,
        critic: () => {
          stop.abort(new Error("enough"));
          return bad(1);
        },
      },
    });
    await expect(result).rejects.toThrow("enough");
  });
});
