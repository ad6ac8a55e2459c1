import { describe, expect, test } from "vitest";
import { searchConformance } from "./conformance.ts";
import { playSearch } from "./play-search.ts";
import { treeGrowth } from "./tree-growth.ts";

describe("growing a tree", () => {
  searchConformance(() => treeGrowth({ width: 3, keep: 2, depth: 4 }));
});

describe("growing a tree whose steps are completed", () => {
  searchConformance(() => treeGrowth({ width: 2, keep: 2, depth: 3, threshold: 0.3, completions: 2 }));
});

test("goes on from the best steps of each level down to its depth, past all answers", () => {
  const search = treeGrowth({ width: 3, keep: 1, depth: 3 });
  const { expanded } = playSearch(search, {
    proposals: { "0.0": { steps: ["done"], answer: "7" } },
    scores: { "0.0": 1, "0.1": 0.8, "0.2": 0.5, "0.1.2": 0.9 },
  });
  expect(expanded).toEqual(["0", "0.1", "0.1.2"]);
  expect(search.tree.get("0.2").pruned).toBe("not among the best 1");
  expect(search.best()?.answer).toBe("7");
});

test("keeps fewer steps where fewer are right", () => {
  const search = treeGrowth({ width: 3, keep: 3, depth: 2, threshold: 0.5 });
  const { expanded } = playSearch(search, { scores: { "0.0": 0.2, "0.1": 0.8, "0.2": 0.5 } });
  expect(expanded).toEqual(["0", "0.1", "0.2"]);
  expect(search.tree.get("0.0").pruned).toBe("scores below 0.5");
});

test("takes a step whose score failed for right, so that a judge's failure ends no tree", () => {
  const search = treeGrowth({ width: 2, keep: 2, depth: 2, threshold: 0.5 });
  const { expanded } = playSearch(search, { scores: { "0.0": 0.1 }, failures: ["0.1:score"] });
  expect(expanded).toEqual(["0", "0.1"]);
});

test("prunes a step and an answer that repeat a sibling, and scores neither", () => {
  const step = { steps: ["the same"] };
  const answer = { steps: [], answer: "4" };
  const search = treeGrowth({ width: 3, keep: 3, depth: 2 });
  playSearch(search, {
    proposals: {
      "0.0": step,
      "0.1": step,
      "0.2": step,
      "0.0.0": answer,
      "0.0.1": answer,
      "0.0.2": { steps: [], answer: "5" },
    },
  });
  expect(search.tree.get("0.2").pruned).toBe("repeats 0.0");
  expect(search.tree.get("0.0.1").pruned).toBe("repeats 0.0.0");
  expect(search.tree.get("0.0.2").pruned).toBeUndefined();
  expect(search.tree.get("0.0.1").scores).toEqual([]);
});

test("completes every open step, given up or not, once the tree has grown", () => {
  const search = treeGrowth({ width: 2, keep: 1, depth: 2, completions: 2 });
  const end = { steps: ["end"], answer: "1" };
  const { asked } = playSearch(search, {
    proposals: { "0.0.0": end, "0.0.1": { steps: ["other"] }, "0.1.0": end, "0.1.1": end },
    scores: { "0.0": 1 },
  });
  const behind = asked.slice(asked.indexOf("0.0.1:score") + 1);
  expect(behind.filter((id) => !id.endsWith(":score"))).toEqual([
    "0.0.2",
    "0.0.3",
    "0.1.0",
    "0.1.1",
    "0.0.1.0",
    "0.0.1.1",
  ]);
});
