import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Task } from "../thought/event.ts";
import { Random } from "../thought/random.ts";
import { type AdaptiveVote, type AdaptiveVoteOptions, adaptiveVote } from "./adaptive-vote.ts";
import { voteConfidence } from "./ballot.ts";
import { searchConformance } from "./conformance.ts";

const usual: AdaptiveVoteOptions = { samples: 40, confidence: 0.95, score: false, cancels: true };

describe.each([
  { cancels: true, score: false },
  { cancels: false, score: true },
])("adaptive vote with %j", (options) => {
  // Votes come and go: what leads may fall back behind another answer.
  searchConformance(
    () => adaptiveVote({ ...options, samples: 12, confidence: 0.9 }),
    () => 0,
    { stopsEarly: options.cancels },
  );
});

/** Plays a vote whose n-th thought ends in the n-th answer; at most `slots` in flight. Tells oldest first. */
function play(search: AdaptiveVote, answers: readonly (string | undefined)[], slots = 8) {
  const inFlight: Task[] = [];
  let asked = 0;
  let told = 0;
  let most = 0;
  while (!search.finished) {
    const tasks = search.ask(slots - inFlight.length);
    asked += tasks.length;
    inFlight.push(...tasks);
    most = Math.max(most, inFlight.length);
    const task = inFlight.shift();
    if (task === undefined) throw new Error("the vote has stalled");
    search.tell({ task, outcome: "proposed", proposal: { steps: ["think"], answer: answers[told] } });
    told++;
  }
  return { asked, told, most, answer: search.best()?.answer };
}

const all = (answer: string, count = 40) => Array.from({ length: count }, () => answer);

test("stops after four that agree at a confidence of 0.95, with nothing asked in vain", () => {
  expect(play(adaptiveVote(usual), all("7"))).toEqual({ asked: 4, told: 4, most: 4, answer: "7" });
});

test("takes three thoughts at the least, however little confidence is asked for", () => {
  expect(play(adaptiveVote({ ...usual, confidence: 0.5 }), all("7")).told).toBe(3);
});

test("stops as soon as the leader cannot be overtaken any more", () => {
  const { asked, told } = play(adaptiveVote({ ...usual, samples: 5 }), all("7"));
  expect({ asked, told }).toEqual({ asked: 3, told: 3 });
});

test("takes all samples at a confidence of 1", () => {
  expect(play(adaptiveVote({ ...usual, confidence: 1 }), all("7"))).toMatchObject({ asked: 40, told: 40 });
});

test("asks for all it may need at once, and for no more", () => {
  expect(adaptiveVote(usual).ask(64)).toHaveLength(4);
  expect(adaptiveVote({ ...usual, confidence: 1 }).ask(64)).toHaveLength(40);
  expect(adaptiveVote({ ...usual, samples: 2 }).ask(64)).toHaveLength(2);
  expect(adaptiveVote({ ...usual, confidence: 0.9999 }).ask(64)).toHaveLength(13);
});

test("takes all samples where two answers stay level, in growing waves", () => {
  const answers = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? "7" : "8"));
  const { asked, told, most } = play(adaptiveVote(usual), answers, 64);
  expect(asked).toBe(40);
  expect(told).toBeGreaterThan(35);
  expect(most).toBeGreaterThan(8);
});

test("a thought without an answer or a failed one is no vote", () => {
  const { told, answer } = play(adaptiveVote(usual), [undefined, "7", undefined, ...all("7")]);
  expect({ told, answer }).toEqual({ told: 6, answer: "7" });
  const search = adaptiveVote({ ...usual, samples: 3 });
  for (const task of search.ask(3)) search.tell({ task, outcome: "failed", error: "gone" });
  expect(search.finished).toBe(true);
  expect(search.best()).toBeUndefined();
});

test("where it must not cancel, it waits for what is in flight and counts it", () => {
  const search = adaptiveVote({ ...usual, samples: 5, cancels: false });
  const tasks = [...search.ask(8), ...search.ask(8)];
  expect(tasks).toHaveLength(3);
  for (const task of tasks) {
    expect(search.finished).toBe(false);
    search.tell({ task, outcome: "proposed", proposal: { steps: [], answer: "7" } });
  }
  expect(search.finished).toBe(true);
});

test("weighs votes by their scores: confident thoughts outvote many doubtful ones", () => {
  const search = adaptiveVote({ ...usual, samples: 6, score: true, confidence: 1 });
  const values = [0.1, 0.1, 0.9, 0.1, 0.1, 0.9];
  for (let tasks = search.ask(8); tasks.length > 0; tasks = search.ask(8)) {
    for (const task of tasks) {
      const ordinal = Number(/^0\.(\d+)/.exec(task.id)?.[1]);
      const answer = values[ordinal] === 0.9 ? "8" : "7";
      if (task.kind !== "score")
        search.tell({ task, outcome: "proposed", proposal: { steps: ["think"], answer } });
      else search.tell({ task, outcome: "scored", score: { value: values[ordinal] ?? 0, by: "test" } });
    }
  }
  expect(search.best()).toMatchObject({ id: "0.2", answer: "8" });
});

test("stops only where its formula or its arithmetic says so, and wastes at most a third", () => {
  const worlds = fc.record({
    seed: fc.nat(),
    sure: fc.double({ min: 0.2, max: 1, noNaN: true }),
    slots: fc.integer({ min: 1, max: 20 }),
    samples: fc.integer({ min: 3, max: 60 }),
    confidence: fc.double({ min: 0.6, max: 0.999, noNaN: true }),
  });
  fc.assert(
    fc.property(worlds, ({ seed, sure, slots, samples, confidence }) => {
      const random = new Random(seed);
      const answers = Array.from({ length: samples }, () =>
        random.chance(sure) ? "right" : `wrong ${random.integer(1, 3)}`,
      );
      const { asked, told, answer } = play(adaptiveVote({ ...usual, samples, confidence }), answers, slots);
      const counts = new Map<string, number>();
      for (const one of answers.slice(0, told)) counts.set(one, (counts.get(one) ?? 0) + 1);
      const [lead = 0, second = 0] = [...counts.values()].sort((left, right) => right - left);
      expect(counts.get(answer ?? "")).toBe(lead);
      const sureEnough = voteConfidence({ lead, second }) >= confidence;
      expect(told === samples || sureEnough || lead - second > samples - told).toBe(true);
      expect(asked - told).toBeLessThanOrEqual(told / 2);
    }),
  );
});
