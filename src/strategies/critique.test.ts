import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelTraits } from "../models/client.ts";
import { fold } from "../thought/fold.ts";
import { foldThoughts } from "../thought/fold-thought.ts";
import { pathTo } from "../thought/tree.ts";
import { type AgentWorld, eventsOf, refuse, thinkWithAgents } from "./agents/agent-world.ts";

const choice = (word: string, reason = "because"): string => JSON.stringify({ reason, choice: word });
const nanoLike: Partial<ModelTraits> = { followsInstructions: false, prefill: "thinking" };

function critique(world: Omit<AgentWorld, "strategy">) {
  return thinkWithAgents({
    ...{ strategy: "critique", ...world },
    settings: { width: 2, depth: 6, rollouts: 8, ...world.settings },
  });
}

describe("what the critic chooses", () => {
  test("continue takes the next step, terminate ends with the answer", async () => {
    const { result, events, asked } = critique({
      says: {
        policy: ["6 times 7 is 42", "Answer: 42"],
        critic: [choice("continue"), choice("terminate")],
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["6 times 7 is 42"], stopReason: "answered" });
    expect(asked.map(({ role }) => role)).toEqual(["policy", "critic", "policy", "critic"]);
    expect(asked[3]?.text).toContain("Answer written so far: 42");
    expect(eventsOf(events, "agent-spoke").map(({ text }) => text)).toEqual([
      "continue: because",
      "terminate: because",
    ]);
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("the critic ended the thought");
  });

  test("terminate before there is an answer has the thought rolled out", async () => {
    const { result, asked } = critique({
      says: { policy: ["6 times 7 is 42", "so\nAnswer: 42"], critic: choice("terminate") },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["6 times 7 is 42", "so"] });
    expect(asked).toHaveLength(3);
  });

  test("backtrack gives the step up and asks its parent for another, which knows what was tried", async () => {
    const { result, events, asked } = critique({
      says: {
        policy: ["6 times 7 is 43", "6 times 7 is 42", "Answer: 42"],
        critic: [choice("backtrack", "43 is odd"), choice("continue"), choice("terminate")],
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["6 times 7 is 42"] });
    expect(eventsOf(events, "backtracked")).toMatchObject([{ from: "0.0", to: "0" }]);
    expect(eventsOf(events, "step-pruned")).toMatchObject([{ node: "0.0", reason: "43 is odd" }]);
    expect(eventsOf(events, "step-scored").map(({ value }) => value)).toEqual([0, 1, 1]);
    expect(asked[0]?.text).not.toContain("given up");
    expect(asked[2]?.text).toContain("- 6 times 7 is 43 (43 is odd)");
    expect(asked[4]?.text).not.toContain("43");
  });

  test("after as many failures as a node has children it goes further up", async () => {
    const { events, result } = critique({
      says: {
        policy: ["one", "two", "three", "four", "Answer: 42"],
        critic: [choice("continue"), ...["", ""].map(() => choice("backtrack")), choice("terminate")],
      },
    });
    await result;
    expect(eventsOf(events, "backtracked")).toMatchObject([
      { from: "0.0.0", to: "0.0" },
      { from: "0.0.1", to: "0" },
    ]);
    expect(eventsOf(events, "step-pruned").map(({ node }) => node)).toEqual(["0.0.0", "0.0.1", "0.0"]);
  });

  test("reflect puts the critic's reason into the thought, which goes on from it", async () => {
    const { result, asked } = critique({
      says: {
        policy: ["6 times 7 is 43", "no, it is 42", "Answer: 42"],
        critic: [choice("reflect", "seven\nsixes?"), choice("continue"), choice("terminate")],
      },
    });
    const { thought } = await result;
    expect(thought).toEqual(["6 times 7 is 43", "Wait: seven sixes?", "no, it is 42"]);
    expect(asked[2]?.prompt.prefill).toBe("6 times 7 is 43\nWait: seven sixes?\n");
  });

  test("where mending a doubtful step fails too, the thought goes back to before that step", async () => {
    const { result, events } = critique({
      says: {
        policy: ["doubtful", "one", "two", "right", "Answer: 42"],
        critic: [
          ...[choice("reflect"), choice("backtrack"), choice("backtrack")],
          ...[choice("continue"), choice("terminate")],
        ],
      },
    });
    expect((await result).thought).toEqual(["right"]);
    expect(eventsOf(events, "backtracked")).toMatchObject([
      { from: "0.0.0.0", to: "0.0.0" },
      { from: "0.0.0.1", to: "0" },
    ]);
  });

  test("a roll-out that comes to no answer is given up with the step that it began at", async () => {
    const { result, events } = critique({
      says: { policy: ["one", "two\nthree", "Answer: 42"], critic: choice("terminate") },
    });
    expect(await result).toMatchObject({ text: "42", thought: [] });
    expect(eventsOf(events, "backtracked")).toMatchObject([{ from: "0.0.0/1", to: "0" }]);
  });

  test("reflect on an answer puts it in question", async () => {
    const { result } = critique({
      says: {
        policy: ["Answer: 43", "it is 42\nmore", "Answer: 42"],
        critic: [choice("reflect", "odd?"), choice("continue"), choice("terminate")],
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["Wait, is it 43? odd?", "it is 42"] });
  });

  test("a step that was given up and comes again is not asked about again", async () => {
    const { result, asked } = critique({
      settings: { width: 4 },
      says: {
        policy: ["wrong", "wrong", "right", "Answer: 42"],
        critic: [choice("backtrack"), choice("continue"), choice("terminate")],
      },
    });
    expect((await result).thought).toEqual(["right"]);
    expect(asked.filter(({ role }) => role === "critic")).toHaveLength(3);
  });
});

describe("limits", () => {
  test("at most `rollouts` steps are proposed, then the open thought is rolled out", async () => {
    const { result, asked } = critique({
      settings: { rollouts: 3 },
      says: {
        policy: (_, call) => (call < 3 ? `step ${call}` : "Answer: 42"),
        critic: choice("continue"),
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["step 0", "step 1", "step 2"] });
    expect(asked.filter(({ role }) => role === "policy")).toHaveLength(4);
  });

  test("no path is longer than `depth`, and each such end goes back twice as far", async () => {
    const { result, events } = critique({
      settings: { depth: 3, rollouts: 9, width: 9 },
      says: { policy: (_, call) => `step ${call}`, critic: choice("continue") },
    });
    expect((await result).text).toBeUndefined();
    const proposed = eventsOf(events, "step-added").slice(0, 9);
    for (const { node } of proposed) expect(node.split(".").length - 1).toBeLessThanOrEqual(3);
    const [first, second] = eventsOf(events, "backtracked");
    expect(first).toMatchObject({ from: "0.0.0.0", to: "0.0.0" });
    expect(second).toMatchObject({ from: "0.0.0.1", to: "0.0" });
  });

  test("a reflection that would take the last place of a path is a setback", async () => {
    const { result, events } = critique({
      settings: { depth: 2 },
      says: {
        policy: ["one", "Answer: 42"],
        critic: [choice("reflect", "hm"), choice("terminate")],
      },
    });
    expect((await result).thought).toEqual([]);
    expect(eventsOf(events, "step-pruned")).toMatchObject([{ reason: "no room left to reflect" }]);
  });

  test("what the critic never accepted is the answer where there is no other", async () => {
    const { result, events } = critique({
      settings: { rollouts: 3 },
      says: { policy: ["Answer: 41", "Answer: 42", "Answer: 42."], critic: choice("backtrack") },
    });
    expect(await result).toMatchObject({ text: "42.", stopReason: "answered" });
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("best so far, not accepted");
  });
});

describe("wrong answers", () => {
  const says: AgentWorld["says"] = {
    policy: ["six sevens", "Answer: 41", "Answer: 42"],
    critic: [choice("continue"), choice("terminate")],
  };

  test("while data is grown, a missed answer is a setback and the policy is told", async () => {
    const { result, events, asked } = critique({ says, misses: (answer) => answer !== "42" });
    expect((await result).text).toBe("42");
    expect(eventsOf(events, "step-pruned")).toMatchObject([{ reason: "the answer 41 is wrong" }]);
    expect(asked.findLast(({ role }) => role === "policy")?.text).toContain("the answer 41 is wrong");
  });

  test("without `misses` nothing knows which answer is right", async () => {
    const { result, events } = critique({ says });
    expect((await result).text).toBe("41");
    const hit = critique({ says, misses: () => false });
    await hit.result;
    const bare = (list: typeof events) =>
      list.map(({ at: _at, ...event }) => ({ ...event, wallMs: 0, run: "" }));
    expect(bare(hit.events)).toEqual(bare(events));
  });

  test("a checker that the caller named refutes an answer by rule", async () => {
    const { result } = critique({
      says,
      checker: { name: "is-42", check: (_, answer) => ({ correct: answer === "42", reason: "" }) },
    });
    expect(await result).toMatchObject({ text: "42", checked: true });
  });
});

describe("a model that was trained for the role", () => {
  const traits = { policy: nanoLike, critic: { ...nanoLike, chooses: ["critic" as const] } };
  const chose = (text: string, choices: Record<string, number>) => ({ text, choices });

  test("gives probabilities, which score the step; what it doubts the policy mends itself", async () => {
    const { result, events, asked } = critique({
      traits,
      says: {
        policy: [
          { text: "", reasoning: "6 * 7 = 43" },
          { text: "", reasoning: "wait, 6 * 7 = 42" },
          { text: "42", reasoning: "so 42" },
        ],
        critic: [
          chose("reflect", { continue: 0.2, terminate: 0.1, reflect: 0.4, backtrack: 0.3 }),
          chose("continue", { continue: 1, terminate: 0, reflect: 0, backtrack: 0 }),
          chose("terminate", { terminate: 1 }),
        ],
      },
    });
    expect(await result).toMatchObject({ text: "42", thought: ["6 * 7 = 43", "wait, 6 * 7 = 42", "so 42"] });
    expect(eventsOf(events, "step-scored").map(({ value }) => value)).toEqual([0.5, 1, 1]);
    expect(asked.map(({ prompt }) => prompt.system)).toEqual(asked.map(() => undefined));
    expect(asked.at(-1)?.text).toContain("wait, 6 * 7 = 42\nso 42");
  });

  test("that doubts a finished thought has it given up", async () => {
    const { result, events } = critique({
      traits,
      says: {
        policy: [
          { text: "43", reasoning: "6 * 7 = 43" },
          { text: "42", reasoning: "6 * 7 = 42" },
        ],
        critic: ["reflect", "terminate"],
      },
    });
    expect((await result).text).toBe("42");
    expect(eventsOf(events, "step-pruned")).toMatchObject([{ node: "0.0" }]);
  });
});

describe("faults", () => {
  const policy = ["six sevens", "Answer: 42"];

  test.each([
    ["prose", "I like it."],
    ["an unknown word", '{"choice": "maybe"}'],
    ["nothing", ""],
    ["a number", '{"choice": 3}'],
  ])("a critic that says %s counts as continue, and a warning says so", async (_, said) => {
    const { result, events, asked } = critique({ says: { policy, critic: said } });
    expect((await result).text).toBe("42");
    const warnings = eventsOf(events, "warning-raised").map(({ text }) => text);
    expect(warnings.filter((text) => text.includes("counts as continue"))).toHaveLength(2);
    // Each time the critic was shown its reply twice more.
    expect(asked.filter(({ role }) => role === "critic")).toHaveLength(6);
  });

  test("a critic whose calls fail counts as continue", async () => {
    const { result } = critique({ says: { policy, critic: () => refuse("no critic today") } });
    expect(await result).toMatchObject({ text: "42", stopReason: "answered" });
  });

  test("a policy that fails now and then is asked again; one that fails on ends it in one line", async () => {
    const once = critique({
      says: {
        policy: (_, call) => ([2, 5].includes(call) ? (policy[(call - 2) / 3] ?? "") : refuse("busy")),
        critic: [choice("continue"), choice("terminate")],
      },
    });
    expect((await once.result).text).toBe("42");
    const always = critique({ says: { policy: () => refuse("no policy today") } });
    await expect(always.result).rejects.toThrow(/^[^\n]*no policy today[^\n]*$/);
    expect(always.asked).toHaveLength(3);
  });

  test("a policy that says nothing ends without an answer", async () => {
    const { result, asked } = critique({ says: { policy: "", critic: choice("continue") } });
    expect((await result).stopReason).toBe("no-answer");
    expect(asked.every(({ role }) => role === "policy")).toBe(true);
  });

  test.each([1, 2, 3, 4, 5])("a budget of %i calls ends it with the best answer so far", async (calls) => {
    const { result, events } = critique({
      settings: { budget: { calls } },
      says: { policy: ["Answer: 41", "six sevens", "Answer: 42"], critic: choice("backtrack") },
    });
    const { text, stopReason } = await result;
    expect(stopReason).toBe("budget");
    expect(text).toBe("41");
    expect(eventsOf(events, "budget-exhausted")).toHaveLength(1);
  });

  test("the user's stop is passed on", async () => {
    const stop = new AbortController();
    const { result } = critique({
      signal: stop.signal,
      says: {
        policy,
        critic: () => {
          stop.abort(new Error("enough"));
          return choice("continue");
        },
      },
    });
    await expect(result).rejects.toThrow("enough");
  });
});

test("the tree that the log tells is the walk that was made", async () => {
  const { result, events } = critique({
    says: {
      policy: ["wrong", "right", "Answer: 42"],
      critic: [choice("backtrack"), choice("continue"), choice("terminate")],
    },
  });
  const { thought } = await result;
  const folded = fold(foldThoughts, events).get("q");
  expect(folded?.steps).toEqual(thought);
  expect(folded?.walk.filter(({ kind }) => kind === "returned")).toMatchObject([{ declared: true }]);
});

const lines = fc.constantFrom("", "a", "b", "c", "Answer: 1", "Answer: 2", "d\nAnswer: 1", "?");
const words = fc.constantFrom("continue", "backtrack", "reflect", "terminate", "hm");

test("whatever policy and critic say, the walk keeps to its limits and to its tree", async () => {
  const arbitrary = fc.record({
    policy: fc.array(lines, { minLength: 1, maxLength: 12 }),
    critic: fc.array(
      words.map((word) => choice(word)),
      { minLength: 1, maxLength: 12 },
    ),
    settings: fc.record({
      width: fc.integer({ min: 1, max: 3 }),
      depth: fc.integer({ min: 1, max: 4 }),
      rollouts: fc.integer({ min: 1, max: 10 }),
    }),
    wrong: fc.constantFrom(undefined, "1", "2"),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ policy, critic, settings, wrong }) => {
      const { result, events } = critique({
        ...{ says: { policy, critic }, settings },
        misses: wrong === undefined ? undefined : (answer) => answer === wrong,
      });
      const { text, stopReason } = await result;
      expect(stopReason).toBe(text === undefined ? "no-answer" : "answered");
      const tree = fold(foldThoughts, events).get("q")?.tree;
      for (const { from, to } of eventsOf(events, "backtracked"))
        expect(tree && pathTo(tree.get(from)).map(({ parent }) => parent?.id)).toContain(to);
      const calls = eventsOf(events, "call-finished").filter(({ site }) => site.startsWith("expand:"));
      expect(calls.length).toBeLessThanOrEqual(settings.rollouts);
      const [chosen] = eventsOf(events, "answer-chosen");
      if (chosen?.reason !== "the critic ended the thought") return;
      const path = tree && pathTo(tree.get(chosen.node ?? ""));
      expect(path?.filter(({ pruned }) => pruned !== undefined)).toEqual([]);
      expect(text).not.toBe(wrong);
    }),
    { numRuns: 60 },
  );
});
