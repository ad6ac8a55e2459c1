import { describe, expect, test } from "vitest";
import type { Checker } from "../problems/problem.ts";
import type { Event } from "../thought/event.ts";
import { thinkScripted } from "./scripted-world.ts";
import { think } from "./think-aloud.ts";

/** Verifies a third of the maze's 81 ways. */
const checker: Checker = {
  name: "ends in c",
  check: (_question, answer) => ({ correct: answer.endsWith("c"), reason: "its last door" }),
};
const settings = { rollouts: 60, concurrency: 6, maxTokens: 40 };
const count = (events: readonly Event[], type: Event["type"]) =>
  events.filter((event) => event.type === type).length;

describe.each(["mcts", "adaptive-mcts"])("%s", (strategy) => {
  test("makes as many simulations as it is told, and scores where each ends", async () => {
    const { result, events } = thinkScripted({ strategy, settings });
    expect((await result).stopReason).toBe("answered");
    expect(count(events, "answer-proposed")).toBe(60);
    expect(count(events, "step-scored")).toBe(60);
  });

  test("ends as soon as the checker verifies an answer", async () => {
    for (const order of ["asked", "arrival"] as const) {
      const { result, events } = thinkScripted({ strategy, checker, settings: { ...settings, order } });
      const answer = await result;
      expect(answer).toMatchObject({ checked: true, stopReason: "answered" });
      expect(answer.text).toMatch(/c$/);
      expect(count(events, "answer-proposed")).toBeLessThan(30);
    }
  });

  test("is guided by agreement where the model reports no log-probabilities", async () => {
    const events: Event[] = [];
    const thinking = think("Which way?", { model: "scripted/tree", strategy, rollouts: 12, seed: 1 });
    for await (const event of thinking) events.push(event);
    const scores = events.flatMap((event) => (event.type === "step-scored" ? [event.by] : []));
    expect(scores).toEqual(Array.from({ length: 12 }, () => "vote"));
    expect((await thinking).text).toBeDefined();
  });
});
