import { describe, expect, test } from "vitest";
import type { Event } from "../thought/event.ts";
import { type ScriptedThinking, strategyEvents, thinkScripted } from "./scripted-world.ts";

/** In a maze with one step left, thoughts agree often; the first steps stand in the question. */
const question = {
  id: "q1",
  text: "Which way leads out?\nstep 1: take door a\nstep 2: take door b\nstep 3: take door a",
};

function vote(more: Partial<ScriptedThinking> = {}) {
  // Its three answers are equally likely, so that it takes little confidence for a vote to end.
  const settings = { samples: 40, confidence: 0.8, maxTokens: 40, concurrency: 16, ...more.settings };
  return thinkScripted({ strategy: "vote", question, samplesPerRequest: 1, ...more, settings });
}

const callsOf = (events: readonly Event[], outcome: "call-finished" | "call-failed") =>
  events.filter(({ type }) => type === outcome);

describe("a vote that is decided while thoughts are in flight", () => {
  /** A vote that was contested, so that more was asked for than was needed in the end. */
  const contested = async () => {
    for (let seed = 0; seed < 40; seed++) {
      const outcome = vote({ settings: { seed, order: "arrival" } });
      const answer = await outcome.result;
      const cancelled = callsOf(outcome.events, "call-failed").length;
      if (cancelled > 0 && outcome.asked.length < 40) return { ...outcome, answer, seed };
    }
    throw new Error("no vote was cancelled");
  };

  test("cancels them, counts what they had said, and answers with the most votes", async () => {
    const { events, answer, reported, asked } = await contested();
    const cancelled = callsOf(events, "call-failed");
    for (const call of cancelled) {
      expect(call).toMatchObject({ outcome: "cancelled", error: "not needed any more" });
      expect(call).toMatchObject({ usage: { calls: 1, outputTokens: 0 } });
    }
    const finished = callsOf(events, "call-finished").length;
    expect(answer.usage).toMatchObject({ calls: asked.length, outputTokens: reported.outputTokens });
    expect(finished + cancelled.length).toBe(asked.length);
    // A thought is "step 4: take door b", "Answer: abab": some tokens of each had come.
    expect(answer.usage.estimatedOutputTokens).toBeGreaterThanOrEqual(4 * cancelled.length);
    const [most, ...others] = answer.candidates;
    expect(answer).toMatchObject({ text: most?.answer, stopReason: "answered" });
    for (const { votes } of others) expect(votes).toBeLessThan(most?.votes ?? 0);
    const chosen = events.find(({ type }) => type === "answer-chosen");
    expect(chosen).toMatchObject({ reason: expect.stringMatching(/^vote \d+ of \d+, [89]\d% sure$/) });
  });

  test("comes to the same answer when it is resumed from anywhere, and repeats no finished call", async () => {
    const { events, answer, seed } = await contested();
    const { usage: _usage, ...expected } = answer;
    const told = events.findIndex(({ type }) => type === "answer-chosen");
    for (const cut of [told - 1, told, told + 1, events.length]) {
      const resumed = vote({ settings: { seed, order: "arrival" }, logged: events.slice(0, cut) });
      expect(await resumed.result, `cut at ${cut}`).toMatchObject(expected);
      const types = strategyEvents(resumed.events).map((event) => JSON.stringify(event).slice(0, 60));
      expect(types).toEqual(strategyEvents(events).map((event) => JSON.stringify(event).slice(0, 60)));
    }
  });
});

test("told in the order asked, it stops early and cancels nothing", async () => {
  let spared = 0;
  for (let seed = 0; seed < 5; seed++) {
    const outcomes = [1, 2].map((arrivals) => vote({ settings: { seed, order: "asked" }, arrivals }));
    const [first, second] = await Promise.all(outcomes.map(({ result }) => result));
    expect(first).toEqual(second);
    for (const { events } of outcomes) expect(callsOf(events, "call-failed")).toEqual([]);
    spared += 40 - (first?.usage.calls ?? 40);
  }
  expect(spared).toBeGreaterThan(0);
});

test("says where the samples that it spared could not have changed anything", async () => {
  const reasons = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const { result, events } = vote({ settings: { seed, samples: 4, confidence: 0.999, order: "asked" } });
    await result;
    for (const event of events) if (event.type === "answer-chosen") reasons.add(event.reason);
  }
  expect([...reasons]).toContain("vote 3 of 3, 1 more cannot change it");
});

test("takes all samples at a confidence of 1", async () => {
  const { result, asked } = vote({ settings: { confidence: 1, order: "arrival" } });
  expect((await result).candidates.reduce((sum, { votes }) => sum + votes, 0)).toBe(40);
  expect(asked).toHaveLength(40);
});

test("weighs votes by the reward that the settings name", async () => {
  const outcome = vote({ settings: { reward: "likelihood", order: "asked", samples: 8, confidence: 1 } });
  const { text, candidates } = await outcome.result;
  const weights = new Map<string, number>();
  for (const event of outcome.events) {
    if (event.type !== "step-scored" || event.by !== "likelihood") continue;
    const leaf = outcome.events.find(
      (other) => other.type === "answer-proposed" && other.node === event.node,
    );
    const answer = leaf?.type === "answer-proposed" ? leaf.answer : "";
    weights.set(answer, (weights.get(answer) ?? 0) + event.value);
  }
  expect(weights.size).toBeGreaterThan(1);
  expect(weights.get(text ?? "")).toBe(Math.max(...weights.values()));
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  for (const { answer, score } of candidates) expect(score).toBeCloseTo((weights.get(answer) ?? 0) / all, 10);
});
