import { describe, expect, test } from "vitest";
import { aggregateScore } from "../rewards/aggregate.ts";
import type { Task } from "../thought/event.ts";
import { searchConformance } from "./conformance.ts";
import { dvts } from "./dvts.ts";
import { playSearch } from "./play-search.ts";

describe.each(["min", "last"] as const)("diverse verifier tree search by %s", (aggregate) => {
  searchConformance(
    () => dvts({ width: 3, keep: 2, depth: 4, aggregate }),
    (leaf) => aggregateScore(leaf, aggregate),
  );
});

test("keeps the best of each subtree, also where another subtree has better ones", () => {
  const scores = { "0.0": 0.9, "0.1": 0.8, "0.2": 0.1, "0.3": 0.2 };
  const search = dvts({ width: 2, keep: 2, depth: 2 });
  expect(playSearch(search, { scores }).expanded).toEqual(["0", "0.0", "0.3"]);
  expect(search.tree.get("0.1").pruned).toBe("not the best of 2");
  expect(search.tree.get("0.2").pruned).toBe("not the best of 2");
});

test("goes on in a subtree while another one still waits for its first step", () => {
  const search = dvts({ width: 1, keep: 2, depth: 3 });
  const told: Task[] = search.ask(2);
  expect(told.map(({ id }) => id)).toEqual(["0.0", "0.1"]);
  let [task] = told;
  const asked: string[] = [];
  while (task !== undefined) {
    if (task.kind === "score") search.tell({ task, outcome: "scored", score: { value: 0.5, by: "test" } });
    else search.tell({ task, outcome: "proposed", proposal: { steps: [`step ${task.id}`] } });
    [task] = search.ask(1);
    if (task !== undefined) asked.push(task.id);
  }
  expect(asked).toEqual(["0.0:score", "0.0.0", "0.0.0:score", "0.0.0.0", "0.0.0.0:score"]);
  expect(search.finished).toBe(false);
});

test("ends a subtree at its best answer, and keeps a worse answer beside an open step as a candidate", () => {
  const proposals = {
    "0.0": { steps: ["done"], answer: "7" },
    "0.2": { steps: ["guess"], answer: "8" },
    "0.3.0": { steps: ["worked out"], answer: "9" },
  };
  const scores = { "0.0": 0.6, "0.1": 0.5, "0.2": 0.7, "0.3": 0.9, "0.3.0": 0.3 };
  const search = dvts({ width: 2, keep: 2, depth: 2 });
  expect(playSearch(search, { proposals, scores }).expanded).toEqual(["0", "0.3"]);
  expect(search.tree.get("0.2").pruned).toBeUndefined();
  expect(search.best()?.answer).toBe("8");
});

test("prunes a step that repeats a sibling of its subtree, not one of another subtree", () => {
  const same = { steps: ["the same"] };
  const proposals = { "0.0": same, "0.1": same, "0.2": same };
  const search = dvts({ width: 2, keep: 2, depth: 1 });
  playSearch(search, { proposals });
  expect(search.tree.get("0.1").pruned).toBe("repeats 0.0");
  expect(search.tree.get("0.2").pruned).toBeUndefined();
});

test("loses a subtree whose proposals all fail, and no other", () => {
  const proposals = { "0.2": { steps: ["done"], answer: "7" } };
  const search = dvts({ width: 2, keep: 2, depth: 5 });
  playSearch(search, { proposals, failures: ["0.0", "0.1", "0.3"] });
  expect(search.finished).toBe(true);
  expect(search.best()?.id).toBe("0.2");
});
