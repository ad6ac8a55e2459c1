import { describe, expect, test } from "vitest";
import { aggregateScore } from "../rewards/aggregate.ts";
import type { Task } from "../thought/event.ts";
import { type BestFirstOptions, bestFirst } from "./best-first.ts";
import { searchConformance } from "./conformance.ts";
import { playSearch } from "./play-search.ts";

const shape: BestFirstOptions = { width: 2, keep: 1, depth: 9, rollouts: 4 };

describe.each(["min", "last"] as const)("best-first by %s, awaiting what is in flight", (aggregate) => {
  searchConformance(
    () => bestFirst({ width: 3, keep: 2, depth: 4, rollouts: 8, aggregate }),
    (leaf) => aggregateScore(leaf, aggregate),
  );
});

describe("best-first that cancels what is in flight", () =>
  searchConformance(() => bestFirst({ width: 3, keep: 2, depth: 4, rollouts: 8, cancels: true }), undefined, {
    stopsEarly: true,
  }));

test("expands whichever open node scores highest, also when it is further up", () => {
  const scores = { "0.0": 0.8, "0.1": 0.7, "0.0.0": 0.5, "0.0.1": 0.3, "0.1.0": 0.2, "0.1.1": 0.1 };
  expect(playSearch(bestFirst(shape), { scores }).expanded.slice(0, 4)).toEqual(["0", "0.0", "0.1", "0.0.0"]);
});

test("expands no more nodes than it may, and then rolls out the best open thoughts for want of an answer", () => {
  const scores = { "0.0": 0.8, "0.1": 0.7 };
  const proposals = { "0.0.0.0": { steps: ["to", "the end"], answer: "7" } };
  const search = bestFirst({ ...shape, rollouts: 2, keep: 1 });
  const { asked } = playSearch(search, { scores: { ...scores, "0.0.0": 0.9, "0.0.0.0/1": 0.4 }, proposals });
  expect(asked.slice(-2)).toEqual(["0.0.0.0", "0.0.0.0/1:score"]);
  expect(search.best()?.answer).toBe("7");
  expect(search.finished).toBe(true);
});

test("goes on rolling out, the best first, until one thought has an answer", () => {
  const world = {
    proposals: { "0.1.0": { steps: ["at last"], answer: "7" } },
    failures: ["0.2.0"],
    scores: { "0.0": 0.8, "0.1": 0.6, "0.2": 0.7 },
  };
  const search = bestFirst({ ...shape, width: 3, rollouts: 2 });
  expect(playSearch(search, world).asked.slice(-3)).toEqual(["0.2.0", "0.1.0", "0.1.0:score"]);
  const { asked } = playSearch(bestFirst({ ...shape, width: 3, rollouts: 1 }), world);
  expect(asked.slice(6)).toEqual(["0.0.0", "0.0.0:score"]);
});

test("rolls nothing out once it has an answer", () => {
  const proposals = { "0.0": { steps: ["done"], answer: "7" } };
  const { asked } = playSearch(bestFirst({ ...shape, rollouts: 1 }), { proposals, scores: { "0.1": 0.5 } });
  expect(asked).toEqual(["0.0", "0.1", "0.0:score", "0.1:score"]);
});

test("has at most as many expansions under way as it keeps", () => {
  for (const keep of [1, 2, 3]) {
    const search = bestFirst({ ...shape, width: 3, keep, rollouts: 9 });
    for (const task of search.ask(64)) {
      search.tell({ task, outcome: "proposed", proposal: { steps: [task.id] } });
    }
    for (const task of search.ask(64)) {
      search.tell({ task, outcome: "scored", score: { value: 0.5, by: "test" } });
    }
    expect(search.ask(64)).toHaveLength(3 * keep);
  }
});

test("ends when enough answers score higher than all that is open or being expanded", () => {
  const answered = { steps: ["done"], answer: "7" };
  const proposals = { "0.0": answered, "0.1.0": answered };
  const scores = { "0.0": 0.6, "0.1": 0.9, "0.1.0": 0.8, "0.1.1": 0.5 };
  const one = bestFirst(shape);
  expect(playSearch(one, { proposals, scores }).expanded).toEqual(["0", "0.1"]);
  expect(one.best()?.id).toBe("0.1.0");
  const tied = bestFirst({ ...shape, rollouts: 3 });
  const { expanded } = playSearch(tied, { proposals, scores: { ...scores, "0.1.1": 0.8 } });
  expect(expanded).toEqual(["0", "0.1", "0.1.1"]);
});

test.each([true, false])("once its end is clear it asks for nothing more (cancels: %s)", (cancels) => {
  const search = bestFirst({ ...shape, cancels });
  const tell = (task: Task | undefined, answer?: string) => {
    if (task === undefined) throw new Error("a task was due");
    search.tell({ task, outcome: "proposed", proposal: { steps: [`step ${task.id}`], answer } });
  };
  const score = (task: Task | undefined, value: number) => {
    if (task === undefined) throw new Error("a score was due");
    search.tell({ task, outcome: "scored", score: { value, by: "test" } });
  };
  for (const task of search.ask(2)) tell(task);
  for (const task of search.ask(2)) score(task, 0.5);
  const [first, second] = search.ask(2);
  tell(first, "7");
  score(search.ask(1)[0], 0.8);
  expect(search.ask(9)).toEqual([]);
  expect(search.finished).toBe(cancels);
  if (cancels) return;
  tell(second, "8");
  expect(search.finished).toBe(true);
  expect(search.tree.get("0.0.1").answer).toBe("8");
  expect(search.best()?.answer).toBe("7");
});
