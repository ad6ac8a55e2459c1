import { describe, expect, test } from "vitest";
import { type AgentWorld, eventsOf, refuse, thinkWithAgents } from "./agents/agent-world.ts";

const plan = (tasks: object[], guess: string | null = "40"): string => JSON.stringify({ guess, tasks });
const reviews = (...scores: unknown[]): string =>
  JSON.stringify({
    reviews: scores.map((score, index) => ({ task: index + 1, score, reason: `r${index + 1}` })),
  });
const twoTasks = plan([
  { task: "tens", check: "is it 40?", threshold: 0.5 },
  { task: "ones", check: "is it 2?", threshold: 0.9 },
]);

/** An analyst that says which sub-task it worked on, and how often it was sent back. */
const analyst: AgentWorld["says"]["policy"] = ({ messages }) => {
  const task = /Your sub-task: (.*)/.exec(messages[0]?.content ?? "")?.[1];
  return `worked on ${task}\nAnswer: ${task} ${messages.length}`;
};

function panel(world: Omit<AgentWorld, "strategy">) {
  return thinkWithAgents({
    ...{ strategy: "panel", ...world },
    says: {
      ...{ planner: twoTasks, policy: analyst, judge: reviews(0.8, 1), writer: "both\nAnswer: 42" },
      ...world.says,
    },
  });
}

describe("the panel's work", () => {
  test("plans, analyses, reviews and writes: a call each, the analysts at once", async () => {
    const { result, events, asked } = panel({ says: {} });
    const answer = await result;
    expect(answer).toMatchObject({ text: "42", stopReason: "answered" });
    expect(asked.map(({ role }) => role)).toEqual(["planner", "policy", "policy", "judge", "writer"]);
    expect(answer.thought).toEqual([
      "Sub-task 1: tens\nworked on tens\nAnswer: tens 1",
      "Sub-task 2: ones\nworked on ones\nAnswer: ones 1",
      "both",
    ]);
    const spoke = eventsOf(events, "agent-spoke");
    expect(spoke.map(({ agent }) => agent)).toEqual([
      ...["planner", "analyst 1", "analyst 2", "quality control", "quality control", "writer"],
    ]);
    expect(spoke[3]?.text).toBe("sub-task 1: 0.8, r1");
    expect(eventsOf(events, "step-scored")).toMatchObject([
      { value: 0.8, by: "quality control", reason: "r1" },
      { value: 1, by: "quality control", reason: "r2" },
    ]);
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("written from 2 analyses");
  });

  test("each agent is told what it needs, and nothing of the guess", async () => {
    const { result, asked } = panel({ says: {} });
    await result;
    const [, first, , review, writer] = asked.map(({ text }) => text);
    expect(first).toContain("Your sub-task: tens\nYour analysis will be tested with: is it 40?");
    expect(review).toContain("Sub-task 2: ones\nCheck: is it 2?\nAnalysis:\nworked on ones");
    expect(writer).toContain("(quality control: 0.8 of 1, r1)");
    for (const text of asked.slice(1).map((one) => one.text)) expect(text).not.toContain("Answer: 40");
  });

  test("what stays below its threshold is sent back once, with the reason; the better version counts", async () => {
    const { result, events, asked } = panel({
      says: {
        judge: [reviews(0.8, 0.6), JSON.stringify({ reviews: [{ task: 2, score: 0.4, reason: "worse" }] })],
      },
    });
    const { thought } = await result;
    expect(asked.map(({ role }) => role)).toEqual([
      ...["planner", "policy", "policy", "judge", "policy", "judge", "writer"],
    ]);
    expect(asked[4]?.text).toContain("Quality control sent this back: r2");
    expect(asked[4]?.prompt.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(asked[5]?.text).not.toContain("Sub-task 1:");
    expect(asked[6]?.text).toContain("Answer: ones 1\n(quality control: 0.6 of 1, r2)");
    expect(asked[6]?.text).not.toContain("ones 3");
    expect(thought[2]).toContain("Sub-task 2, once more: ones");
    expect(eventsOf(events, "step-scored").map(({ value }) => value)).toEqual([0.8, 0.6, 0.4]);
  });

  test("`rounds` says how often quality control may look at it", async () => {
    for (const rounds of [1, 2, 4]) {
      const { result, asked } = panel({ settings: { rounds }, says: { judge: reviews(0.1, 0.1) } });
      await result;
      expect(asked.filter(({ role }) => role === "judge")).toHaveLength(rounds);
    }
  });

  test("an analyst's prompt can be replaced", async () => {
    const { result, asked } = panel({ says: {}, prompts: { "panel-analyst": "Be a pirate." } });
    await result;
    expect(asked[1]?.prompt.system).toBe("Be a pirate.");
  });

  test("a sub-task goes to the model that the planner names, and to the policy's where it names none at hand", async () => {
    const planner = plan([
      { task: "tens", model: "scripted/summarizer" },
      { task: "ones", model: "gpt-99" },
    ]);
    const { result, events, asked } = panel({ says: { planner, summarizer: "forty" } });
    await result;
    expect(asked[0]?.text).toContain("scripted/policy, scripted/planner");
    expect(asked.slice(1, 3).map(({ role }) => role)).toEqual(["summarizer", "policy"]);
    expect(eventsOf(events, "warning-raised")).toMatchObject([
      { text: "sub-task 2 names no model at hand (gpt-99): the policy's takes it" },
    ]);
  });

  test("models that follow no instructions are not offered", async () => {
    const { result, asked } = panel({ says: {}, traits: { router: { followsInstructions: false } } });
    await result;
    expect(asked[0]?.text).not.toContain("scripted/router");
  });

  test("what memory knows about a sub-task comes to its analyst", async () => {
    const { result, events, asked } = panel({
      says: {},
      recall: async (about) => (about === "ones" ? "two it is" : undefined),
    });
    await result;
    expect(asked[1]?.text).not.toContain("From memory");
    expect(asked[2]?.text).toContain("From memory, to be used only where it helps");
    expect(asked[2]?.text).toContain("two it is");
    expect(eventsOf(events, "agent-spoke")).toContainEqual(
      expect.objectContaining({ agent: "memory 2", text: "two it is" }),
    );
  });

  test("a resumed panel reads its memory in the log, wherever that was cut", async () => {
    const recall = async (about: string) => {
      if (about === "tens") throw new Error("no tens");
      return `all about ${about}`;
    };
    const whole = panel({ says: {}, recall });
    const { text } = await whole.result;
    const after = whole.events.findIndex(
      (event) => event.type === "agent-spoke" && event.agent === "memory 2",
    );
    for (let cut = after + 1; cut <= whole.events.length; cut++) {
      const resumed = panel({
        ...{ says: {}, logged: whole.events.slice(0, cut) },
        recall: async () => Promise.reject(new Error("memory has changed")),
      });
      expect((await resumed.result).text).toBe(text);
    }
    const before = panel({ says: {}, recall, logged: whole.events.slice(0, after) });
    expect((await before.result).text).toBe(text);
  });

  test("nano is refused before anything is asked", async () => {
    const { result } = panel({ says: {}, traits: { policy: { followsInstructions: false } } });
    await expect(result).rejects.toThrow("follows no instructions");
  });
});

describe("faults", () => {
  test.each([
    ["prose", "Let us split up."],
    ["no sub-task", '{"tasks": []}'],
    ["a sub-task without words", '{"tasks": [{"task": "  "}]}'],
    ["nothing", ""],
  ])("a planner that says %s leaves the whole question as the one sub-task", async (_, said) => {
    const { result, events, asked } = panel({ says: { planner: said, judge: reviews(0.9) } });
    expect((await result).text).toBe("42");
    expect(asked.filter(({ role }) => role === "policy")).toHaveLength(1);
    expect(eventsOf(events, "warning-raised").at(-1)?.text).toContain("the whole question is one sub-task");
  });

  test("the analysis of a whole question is its answer where nobody writes", async () => {
    const { result } = panel({
      says: {
        planner: "",
        policy: "six sevens\nAnswer: 42",
        judge: reviews(1),
        writer: () => refuse("no writer today"),
      },
    });
    expect(await result).toMatchObject({ text: "42", stopReason: "answered" });
  });

  test("a planner's odd numbers and too many sub-tasks are put right, and warned of", async () => {
    const planner = plan([{ task: "a", threshold: 7 }, { task: "b", threshold: null }, { task: "c" }], null);
    const { result, events, asked } = panel({
      settings: { width: 2, rounds: 2 },
      says: { planner, judge: reviews(0.6, 0.8) },
    });
    await result;
    const warnings = eventsOf(events, "warning-raised").map(({ text }) => text);
    expect(warnings).toEqual([
      "of 3 sub-tasks the first 2 are worked on; --width allows more",
      "the threshold of sub-task 1 is 7, not within 0 and 1: 0.7 is used",
    ]);
    expect(asked.filter(({ role }) => role === "policy")).toHaveLength(3);
  });

  test("a failing analyst is left out, the others go on", async () => {
    const { result, events, asked } = panel({
      says: {
        policy: (prompt) =>
          prompt.messages[0]?.content.includes("Your sub-task: tens")
            ? refuse("tens are not my thing")
            : "worked",
        judge: JSON.stringify({ reviews: [{ task: 2, score: 1 }] }),
      },
    });
    expect((await result).text).toBe("42");
    expect(asked.at(-1)?.text).not.toContain("Sub-task 1:");
    expect(eventsOf(events, "warning-raised")[0]?.text).toMatch(/^analyst 1 brought nothing: .*not my thing/);
  });

  test("an analyst that fails when it is asked again leaves its first version", async () => {
    const { result, asked } = panel({
      says: {
        policy: (_, call) => (call === 2 ? refuse("not again") : `worked ${call}`),
        judge: reviews(0.8, 0.1),
      },
    });
    expect((await result).text).toBe("42");
    expect(asked.at(-1)?.text).toContain("worked 1\n(quality control: 0.1 of 1, r2)");
  });

  test("without any analysis the planner's guess stands, or the failure is told", async () => {
    const policy = () => refuse("no analyst today");
    const guessed = panel({ says: { policy } });
    expect(await guessed.result).toMatchObject({ text: "40", stopReason: "answered" });
    const told = panel({ says: { policy, planner: plan([{ task: "a" }], null) } });
    await expect(told.result).rejects.toThrow(/^[^\n]*no analyst today[^\n]*$/);
  });

  test.each([[1.2], [-0.1], [7], ["high"], [""], [null], ["NaN"], ["Infinity"]])(
    "the score %j is none: it counts as good enough, and a warning says so",
    async (score) => {
      const { result, events, asked } = panel({ says: { judge: reviews(score, "0.95") } });
      await result;
      expect(asked.filter(({ role }) => role === "judge")).toHaveLength(1);
      expect(eventsOf(events, "warning-raised")[0]?.text).toMatch(
        /^quality control gave sub-task 1 .* it counts as good enough$/,
      );
      expect(eventsOf(events, "step-scored").map(({ value }) => value)).toEqual([0.95]);
      expect(asked.at(-1)?.text).toContain("(quality control: not reviewed)");
    },
  );

  test("a sub-task that quality control left out, and a review in prose, count as good enough too", async () => {
    for (const judge of [reviews(0.9), "All fine."]) {
      const { result, events } = panel({ says: { judge } });
      expect((await result).text).toBe("42");
      expect(eventsOf(events, "warning-raised").at(-1)?.text).toContain("good enough");
    }
  });

  test("a writer without a label gave the whole answer; one that says nothing leaves the guess", async () => {
    const plain = panel({ says: { writer: "Forty-two, all told." } });
    expect((await plain.result).text).toBe("Forty-two, all told.");
    const silent = panel({ says: { writer: " " } });
    expect(await silent.result).toMatchObject({ text: "40", stopReason: "answered" });
  });

  test.each([1, 2, 3, 4])("a budget of %i calls leaves the planner's guess", async (calls) => {
    const { result, events } = panel({ settings: { budget: { calls } }, says: {} });
    expect(await result).toMatchObject({ text: "40", stopReason: "budget" });
    expect(eventsOf(events, "answer-chosen")[0]?.reason).toBe("the planner's guess");
  });

  test("the user's stop is passed on", async () => {
    const stop = new AbortController();
    const { result } = panel({
      signal: stop.signal,
      says: {
        judge: () => {
          stop.abort(new Error("enough"));
          return reviews(1, 1);
        },
      },
    });
    await expect(result).rejects.toThrow("enough");
  });
});
