import { describe, expect, test } from "vitest";
import { aggregateScore } from "../rewards/aggregate.ts";
import { beam } from "./beam.ts";
import { searchConformance } from "./conformance.ts";
import { lookahead } from "./lookahead.ts";
import { playSearch, type SmallWorld } from "./play-search.ts";

describe.each(["min", "last"] as const)("lookahead by %s", (aggregate) => {
  searchConformance(
    () => lookahead({ width: 2, keep: 2, depth: 4, lookahead: 2, aggregate }),
    (leaf) => aggregateScore(leaf, aggregate),
  );
});

describe("lookahead by one step", () =>
  searchConformance(() => lookahead({ width: 3, keep: 1, depth: 3, lookahead: 1 })));

test("is a beam search where nothing is looked ahead", () => {
  const worlds: SmallWorld[] = [
    { scores: { "0.0": 0.2, "0.1": 0.8, "0.2": 0.5, "0.1.0": 0.4 } },
    { proposals: { "0.0": { steps: ["a"], answer: "1" }, "0.2": { steps: ["a"] }, "0.1": { steps: ["a"] } } },
    { failures: ["0.1", "0.0:score"], scores: { "0.2": 0.5 } },
  ];
  for (const world of worlds) {
    const shape = { width: 3, keep: 2, depth: 3 };
    const [left, right] = [lookahead({ ...shape, lookahead: 0 }), beam(shape)];
    expect(playSearch(left, world)).toEqual(playSearch(right, world));
    expect(left.best()?.id).toBe(right.best()?.id);
  }
});

test("scores a node by the end of its roll, and scores nothing between", () => {
  const scores = { "0.0.0.0": 0.3, "0.1.0.0": 0.6 };
  const search = lookahead({ width: 2, keep: 1, depth: 3, lookahead: 2 });
  const { asked } = playSearch(search, { scores });
  expect(asked.slice(0, 8)).toEqual([
    ...["0.0", "0.1", "0.0.0", "0.1.0", "0.0.0.0", "0.1.0.0", "0.0.0.0:score", "0.1.0.0:score"],
  ]);
  const kept = search.tree.get("0.1");
  expect(kept.scores[0]).toEqual({ value: 0.6, by: "test", reason: "looked ahead to 0.1.0.0" });
  expect(search.tree.get("0.0").pruned).toBe("not among the best 1");
  expect(search.tree.get("0.0.0").scores).toEqual([]);
});

test("takes the first step that it saw as the first proposal, and looks one step further from it", () => {
  const search = lookahead({ width: 3, keep: 1, depth: 3, lookahead: 1 });
  const { asked } = playSearch(search, { scores: { "0.1.0": 0.9 } });
  expect(asked.slice(9, 12)).toEqual(["0.1.1", "0.1.2", "0.1.0.0"]);
});

test("prunes a proposal that repeats the step it saw", () => {
  const seen = { steps: ["seen"] };
  const proposals = { "0.0.0": seen, "0.0.1": seen };
  const search = lookahead({ width: 2, keep: 1, depth: 2, lookahead: 1 });
  playSearch(search, { proposals, scores: { "0.0.0": 0.9 } });
  expect(search.tree.get("0.0.1").pruned).toBe("repeats 0.0.0");
});

test("takes an answer that it saw at its worth, and lets it win a place when the walk comes there", () => {
  const proposals = { "0.1.0": { steps: ["so"], answer: "7" } };
  const search = lookahead({ width: 2, keep: 1, depth: 9, lookahead: 2 });
  const { expanded } = playSearch(search, { proposals, scores: { "0.1.0": 0.9 } });
  expect(search.best()?.id).toBe("0.1.0");
  expect(search.tree.get("0.1").scores.at(-1)?.value).toBe(0.9);
  expect(search.finished).toBe(true);
  expect(expanded).toEqual(["0", "0.0", "0.1", "0.0.0", "0.1.1", "0.1.1.0"]);
});

test("scores where it got to when a roll fails", () => {
  const search = lookahead({ width: 2, keep: 1, depth: 1, lookahead: 3 });
  const deeper = lookahead({ width: 1, keep: 1, depth: 2, lookahead: 3 });
  expect(playSearch(search).asked).toEqual(["0.0", "0.1", "0.0:score", "0.1:score"]);
  const { asked } = playSearch(deeper, { failures: ["0.0.0"] });
  expect(asked).toEqual(["0.0", "0.0.0", "0.0:score", "0.0.1", "0.0.1:score"]);
});
