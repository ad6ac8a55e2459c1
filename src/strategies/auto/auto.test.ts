import { describe, expect, test } from "vitest";
import type { Event, EventOf } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts } from "../../thought/fold-thought.ts";
import { strategyConformance } from "../conformance.ts";
import { mazeQuestion, thinkScripted } from "../scripted-world.ts";

// With a number of thoughts that the caller names `auto` adds none; here it is free to think on.
strategyConformance("auto", { samples: undefined });

const free = { maxTokens: 40, order: "asked" as const };

function ask(more: Partial<Parameters<typeof thinkScripted>[0]> = {}) {
  return thinkScripted({ strategy: "auto", settings: free, ...more });
}

function chosenIn(events: readonly Event[]): EventOf<"strategy-chosen">[] {
  return events.flatMap((event) => (event.type === "strategy-chosen" ? event : []));
}

test("thinks on while its thoughts disagree, at most twice, and counts the earlier answers as votes", async () => {
  const { result, events } = ask();
  const answer = await result;
  const chosen = chosenIn(events);
  expect(chosen.length).toBe(3);
  expect(chosen[0]?.reason).toMatch(
    /^effort medium, (easy|medium|hard) by the router, by its looks: \d thoughts vote$/,
  );
  expect(chosen[1]?.reason).toMatch(/^only \d of \d agree: 5 more thoughts vote$/);
  expect(chosen[2]?.reason).toMatch(/^only \d of \d+ agree: 10 more thoughts vote$/);
  const votes = answer.candidates.reduce((sum, candidate) => sum + candidate.votes, 0);
  const thought = fold(foldThoughts, events).get(mazeQuestion.id);
  const leaves = [...(thought?.tree.nodes() ?? [])].filter((node) => node.answer !== undefined);
  expect(votes).toBe(leaves.length);
  expect(thought?.reason).toBe(`vote ${answer.candidates[0]?.votes} of ${votes} in 3 rounds`);
  expect(leaves.reduce((sum, leaf) => sum + (leaf.scores.at(-1)?.value ?? 0), 0)).toBeGreaterThan(0);
  expect(answer.strategy).toBe("vote");
  const most = answer.candidates.filter((candidate) => candidate.votes === answer.candidates[0]?.votes);
  expect(most.map((candidate) => candidate.answer)).toContain(answer.text);
});

test("each round's branches stand behind those of the round before", async () => {
  const { result, events } = ask();
  await result;
  const asked = events.flatMap((event) => (event.type === "tasks-asked" ? event.tasks : []));
  const ordinals = asked.map(({ id }) => Number(id.slice(2)));
  expect(ordinals).toEqual(ordinals.map((_, place) => place));
});

test("stops after the first strategy when its thoughts agree", async () => {
  const { result, events } = ask({ settings: { ...free, confidence: 0.5 } });
  await result;
  expect(chosenIn(events).length).toBeLessThan(3);
});

test("adds nothing to a number of thoughts that the caller named", async () => {
  const { result, events } = ask({ settings: { ...free, samples: 4 } });
  await result;
  expect(chosenIn(events)).toHaveLength(1);
  expect(
    events.filter((event) => event.type === "step-added" && event.parent === "0").length,
  ).toBeLessThanOrEqual(4);
});

test("with a checker goes on until an answer is verified, and takes that one", async () => {
  const isRight = (answer: string) => /^ab[ab]/.test(answer);
  const checker = {
    name: "maze",
    check: (_: unknown, answer: string) => ({ correct: isRight(answer), reason: answer }),
  };
  const outcomes = [];
  for (let seed = 0; seed < 12; seed++) {
    const { result, events } = ask({ checker, settings: { ...free, seed } });
    const answer = await result;
    const proposed = events.some((event) => event.type === "answer-proposed" && isRight(event.answer));
    expect(answer.checked).toBe(proposed);
    if (proposed) expect(answer.text).toMatch(/^ab[ab]/);
    else expect(chosenIn(events).at(-1)?.reason).toMatch(/^the checker verified none of \d+ answers: /);
    outcomes.push(proposed);
  }
  expect(new Set(outcomes).size).toBe(2);
});

describe("the difficulty", () => {
  test("is judged by the form of the question where no model plays the router, or where it fails", async () => {
    const { result, events } = ask({ failures: 1 });
    await expect(result).rejects.toThrow("not today");
    expect(chosenIn(events)[0]?.reason).toMatch(
      /^effort medium, easy by its form; the router failed: .*not today.*: 3 thoughts vote$/,
    );
  });

  test("is judged by the form where the budget has no room for the router", async () => {
    const { result, events } = ask({ settings: { ...free, budget: { tokens: 60 } } });
    await result;
    expect(chosenIn(events)[0]?.reason).toContain("easy by its form; no budget for the router");
  });
});
