import { describe, expect, test } from "vitest";
import { type Aggregation, aggregateScore } from "../rewards/aggregate.ts";
import { beam } from "./beam.ts";
import { searchConformance } from "./conformance.ts";
import { playSearch } from "./play-search.ts";

describe.each<Aggregation>(["min", "product", "mean", "last"])("beam by %s", (aggregate) => {
  searchConformance(
    () => beam({ width: 3, keep: 2, depth: 4, aggregate }),
    (leaf) => aggregateScore(leaf, aggregate),
  );
});

test("expands the best of a level and prunes the others", () => {
  const search = beam({ width: 3, keep: 1, depth: 2 });
  const { expanded } = playSearch(search, { scores: { "0.0": 0.2, "0.1": 0.8, "0.2": 0.5 } });
  expect(expanded).toEqual(["0", "0.1"]);
  expect(search.tree.get("0.0").pruned).toBe("not among the best 1");
  expect(search.tree.get("0.1").pruned).toBeUndefined();
});

test("expands nothing of a level before all of it is scored", () => {
  const search = beam({ width: 2, keep: 1, depth: 3 });
  const [first, second] = search.ask(8);
  if (first === undefined || second === undefined) throw new Error("two tasks were due");
  search.tell({ task: first, outcome: "proposed", proposal: { steps: ["a"] } });
  const [scoring] = search.ask(8);
  expect(scoring).toEqual({ id: "0.0:score", kind: "score", node: "0.0" });
  if (scoring === undefined) throw new Error("a score was due");
  search.tell({ task: scoring, outcome: "scored", score: { value: 1, by: "test" } });
  expect(search.ask(8)).toEqual([]);
  search.tell({ task: second, outcome: "failed", error: "gone" });
  expect(search.ask(8).map(({ id }) => id)).toEqual(["0.0.0", "0.0.1"]);
});

test("ends once as many answers as the beam is wide stand above everything open", () => {
  const answered = { steps: ["done"], answer: "7" };
  const search = beam({ width: 3, keep: 2, depth: 9 });
  const { expanded } = playSearch(search, {
    proposals: { "0.0": answered, "0.2": answered },
    scores: { "0.0": 0.9, "0.1": 0.5, "0.2": 0.6 },
  });
  expect(expanded).toEqual(["0"]);
  expect(search.finished).toBe(true);
  expect(search.best()?.id).toBe("0.0");
});

test("keeps an early answer as a candidate against later ones", () => {
  const proposals = { "0.0": { steps: ["guess"], answer: "1" }, "0.1.0": { steps: ["work"], answer: "2" } };
  const scores = { "0.0": 0.3, "0.1": 0.9, "0.1.0": 0.2 };
  const search = beam({ width: 2, keep: 2, depth: 2 });
  playSearch(search, { proposals, scores });
  expect(search.best()?.answer).toBe("1");
});

test("prunes a sibling that repeats a step and does not score it", () => {
  const same = { steps: ["the same"] };
  const search = beam({ width: 2, keep: 2, depth: 1 });
  playSearch(search, { proposals: { "0.0": same, "0.1": same } });
  expect(search.tree.get("0.1").pruned).toBe("repeats 0.0");
  expect(search.tree.get("0.1").scores).toEqual([]);
});

test("does not expand below the depth limit", () => {
  const search = beam({ width: 2, keep: 2, depth: 3 });
  playSearch(search);
  expect(Math.max(...[...search.tree.nodes()].map(({ depth }) => depth))).toBe(3);
  expect(search.best()).toBeUndefined();
});
