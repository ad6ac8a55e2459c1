import { describe, expect, test } from "vitest";
import { bestOfN } from "./best-of-n.ts";
import { searchConformance } from "./conformance.ts";
import { type MazeWorld, mazeResult } from "./maze-world.ts";
import { type MctsOptions, mcts } from "./mcts.ts";
import { playSearch } from "./play-search.ts";
import type { Search } from "./search.ts";

const usual: MctsOptions = { rollouts: 30, depth: 20, width: 4, exploration: 0.5 };

describe("Monte Carlo tree search", () => {
  // An answer's total score grows with each visit, and another may overtake it.
  searchConformance(
    () => mcts({ ...usual, rollouts: 14, depth: 5 }),
    () => 0,
  );
});

describe("Monte Carlo tree search that ends at a good answer", () => {
  searchConformance(
    () => mcts({ ...usual, rollouts: 14, depth: 5, goodEnough: 1, cancels: true }),
    () => 0,
    { stopsEarly: true },
  );
});

/** Plays a maze in waves of some slots and gives the best score that was reached. */
function playMaze(search: Search, maze: MazeWorld, slots: number): number {
  let best = 0;
  for (let tasks = search.ask(slots); tasks.length > 0; tasks = search.ask(slots)) {
    for (const task of tasks) {
      const result = mazeResult(task, search.tree, maze);
      if (result.outcome === "scored") best = Math.max(best, result.score.value);
      search.tell(result);
    }
  }
  return best;
}

test.each([1, 8])("finds better ways through a maze than as many samples do, with %d in flight", (slots) => {
  const mazes = Array.from({ length: 25 }, (_, seed): MazeWorld => ({ seed, width: 3, depth: 8 }));
  const mean = (make: () => Search) =>
    mazes.reduce((sum, maze) => sum + playMaze(make(), maze, slots), 0) / mazes.length;
  const searched = mean(() => mcts({ ...usual, rollouts: 64 }));
  const sampled = mean(() => bestOfN({ samples: 64, score: true }));
  expect(searched).toBeGreaterThan(sampled + 0.05);
});

/** Which nodes were rolled out from, in order, when each roll-out takes a step of its own and an answer. */
function rolledOutFrom(options: Partial<MctsOptions>, scores: Record<string, number>, slots = 1): string[] {
  const search = mcts({ ...usual, ...options });
  const proposals = Object.fromEntries(
    [0, 1, 2, 3, 4].map((n) => [`0.${n}`, { steps: [`step ${n}`, "end"], answer: `${n}` }]),
  );
  const { asked } = playSearch(search, { proposals, scores }, slots);
  return asked.filter((id) => !id.endsWith(":score")).map((id) => id.replace(/\.\d+$/, ""));
}

test("opens a second child, then follows the one that did better", () => {
  const options = { rollouts: 3, width: 2 };
  expect(rolledOutFrom(options, { "0.0/1": 0.2, "0.1/1": 0.9 })).toEqual(["0", "0", "0.1"]);
  expect(rolledOutFrom(options, { "0.0/1": 0.9, "0.1/1": 0.2 })).toEqual(["0", "0", "0.0"]);
});

test("without exploration it stays with the child that is better than the rest", () => {
  const scores = { "0.0/1": 0.5, "0.1/1": 0.9, "0.1.0": 0.9 };
  const steps = (n: number) => ({ steps: [`step ${n}`, "end"], answer: `${n}` });
  const proposals = { "0.0": steps(0), "0.1": steps(1), "0.1.0": { steps: ["out"], answer: "2" } };
  const search = mcts({ ...usual, rollouts: 3, width: 2, exploration: 0 });
  expect(playSearch(search, { proposals, scores }, 1).expanded).toEqual(["0", "0.1"]);
});

test("a node that many simulations pass gets more children than its width", () => {
  const proposals = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`0.${n}`, { steps: [`step ${n}`, "end"], answer: `${n}` }]),
  );
  const search = mcts({ ...usual, rollouts: 60, width: 2 });
  playSearch(search, { proposals }, 1);
  expect(search.tree.root.children.length).toBeGreaterThan(5);
  expect(search.tree.root.children.length).toBeLessThan(20);
});

test("goes first where the likelier proposal leads when values are equal", () => {
  const search = mcts({ ...usual, rollouts: 3, width: 2, exploration: 5 });
  const proposals = {
    "0.0": { steps: ["a", "end"], answer: "1", meanLogprob: -3 },
    "0.1": { steps: ["b", "end"], answer: "2", meanLogprob: -0.1 },
  };
  const { expanded } = playSearch(search, { proposals, scores: { "0.0/1": 0.5, "0.1/1": 0.5 } }, 1);
  expect(expanded).toEqual(["0", "0.1"]);
});

test("simulations that start together spread over children that are equally good", () => {
  const search = mcts({ ...usual, rollouts: 12, width: 3, exploration: 1.25 });
  const proposals = Object.fromEntries(
    [0, 1, 2].map((n) => [`0.${n}`, { steps: [`step ${n}`, "end"], answer: `${n}` }]),
  );
  for (const task of search.ask(3)) {
    const proposal = proposals[task.id] ?? { steps: [] };
    search.tell({ task, outcome: "proposed", proposal });
  }
  for (const task of search.ask(3))
    search.tell({ task, outcome: "scored", score: { value: 0.6, by: "test" } });
  const nodes = search.ask(3).map(({ node }) => node);
  expect(new Set(nodes)).toEqual(new Set(["0.0", "0.1", "0.2"]));
});
