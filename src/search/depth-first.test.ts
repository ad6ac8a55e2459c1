import { describe, expect, test } from "vitest";
import { aggregateScore } from "../rewards/aggregate.ts";
import { searchConformance } from "./conformance.ts";
import { type DepthFirstOptions, depthFirst } from "./depth-first.ts";
import { playSearch } from "./play-search.ts";

const shape: DepthFirstOptions = {
  ...{ width: 2, keep: 1, depth: 2, rollouts: 20, threshold: 0.2, goodEnough: 0.9 },
};
const eager: DepthFirstOptions = { ...shape, width: 3, keep: 3, depth: 4, rollouts: 8 };

describe("depth-first without speculation", () =>
  searchConformance(
    () => depthFirst({ ...eager, keep: 1, aggregate: "min" }),
    (leaf) => aggregateScore(leaf, "min"),
  ));

describe("depth-first with speculation, awaiting what is in flight", () =>
  searchConformance(() => depthFirst(eager)));

describe("depth-first with speculation, cancelling what is in flight", () =>
  searchConformance(() => depthFirst({ ...eager, cancels: true }), undefined, { stopsEarly: true }));

const scores = { "0.0": 0.5, "0.1": 0.6, "0.0.0": 0.4, "0.0.1": 0.3, "0.1.0": 0.8, "0.1.1": 0.7 };

function backtracks(search: ReturnType<typeof depthFirst>, world: Parameters<typeof playSearch>[1]) {
  return playSearch(search, world).changes.flatMap((change) =>
    change.type === "backtracked" ? `${change.from} to ${change.to}` : [],
  );
}

test("goes down the best proposals first, and says each time that it returns", () => {
  const search = depthFirst(shape);
  expect(backtracks(search, { scores })).toEqual(["0.1.0 to 0.1", "0.1.1 to 0", "0.0.0 to 0.0"]);
  expect(search.finished).toBe(true);
});

test("returns to the nearest node that has something left, past those that have nothing", () => {
  const proposals = { "0.1.1": { steps: ["a"] }, "0.1.0": { steps: ["a"] } };
  expect(backtracks(depthFirst(shape), { scores, proposals })).toEqual(["0.1.0 to 0", "0.0.0 to 0.0"]);
});

test("prunes what scores below the threshold and never goes there", () => {
  const search = depthFirst(shape);
  const { expanded } = playSearch(search, { scores: { ...scores, "0.1": 0.1 } });
  expect(search.tree.get("0.1").pruned).toBe("scores below 0.2");
  expect(expanded).toEqual(["0", "0.0"]);
});

test("goes on past an answer that is not good enough, and ends at the first that is", () => {
  const proposals = {
    "0.1.0": { steps: ["so"], answer: "1" },
    "0.1.1": { steps: ["or so"], answer: "2" },
    "0.0.0": { steps: ["thus"], answer: "3" },
  };
  const better = { ...scores, "0.0.0": 0.95, "0.0.1": 0.99 };
  const search = depthFirst({ ...shape, depth: 9 });
  expect(backtracks(search, { scores: better, proposals })).toEqual(["0.1.0 to 0.1", "0.1.1 to 0"]);
  expect(search.best()?.answer).toBe("3");
  expect(search.finished).toBe(true);
});

test("expands beside the walk what it would return to next, and uses it when it gets there", () => {
  const search = depthFirst({ ...shape, keep: 2 });
  const { expanded, changes } = playSearch(search, { scores });
  expect(expanded).toEqual(["0", "0.1", "0.0"]);
  expect(changes.filter(({ type }) => type === "backtracked")).toHaveLength(3);
});

test("does not start beside the walk what the slots do not reach", () => {
  const search = depthFirst({ ...shape, keep: 2 });
  const { asked } = playSearch(search, { scores }, 2);
  expect(asked.slice(4, 7)).toEqual(["0.1.0", "0.1.1", "0.1.0:score"]);
});

test("after its last expansion it stays, and rolls out what is next in turn for want of an answer", () => {
  const proposals = { "0.1.0.0": { steps: ["to", "the end"], answer: "7" } };
  const search = depthFirst({ ...shape, depth: 9, rollouts: 2 });
  const { asked, changes } = playSearch(search, { scores, proposals });
  expect(asked.slice(-2)).toEqual(["0.1.0.0", "0.1.0.0/1:score"]);
  expect(search.best()?.answer).toBe("7");
  expect(changes.some(({ type }) => type === "backtracked")).toBe(false);
});

test("goes on rolling out until one thought has an answer", () => {
  const proposals = { "0.0.0": { steps: ["at last"], answer: "7" } };
  const search = depthFirst({ ...shape, depth: 9, rollouts: 2, width: 2 });
  const failures = ["0.1.0", "0.1.1", "0.0.1"];
  expect(playSearch(search, { scores, proposals, failures }).asked.slice(4)).toEqual([
    ...["0.1.0", "0.1.1", "0.0.0", "0.0.0:score"],
  ]);
});
