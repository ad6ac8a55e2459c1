import { describe, expect, test } from "vitest";
import type { Task } from "../thought/event.ts";
import { adaptiveMcts } from "./adaptive-mcts.ts";
import { searchConformance } from "./conformance.ts";
import type { Search } from "./search.ts";

describe("adaptive branching", () => {
  // An answer's total score grows with each visit, and another may overtake it.
  searchConformance(
    () => adaptiveMcts({ rollouts: 14, depth: 5, seed: 3 }),
    () => 0,
  );
});

/** Plays it where a roll-out is worth something by the depth it starts from. Gives the tasks in order. */
function play(search: Search, valueAt: (depth: number) => number, slots = 1): Task[] {
  const asked: Task[] = [];
  const waiting: Task[] = [];
  do {
    const tasks = search.ask(slots - waiting.length);
    asked.push(...tasks);
    waiting.push(...tasks);
    const task = waiting.shift();
    if (task === undefined) break;
    if (task.kind === "score") {
      const chainTop = task.node.replace(/\/\d+$/, "");
      const from = search.tree.get(chainTop.replace(/\.\d+$/, ""));
      search.tell({ task, outcome: "scored", score: { value: valueAt(from.depth), by: "test" } });
    } else {
      search.tell({ task, outcome: "proposed", proposal: { steps: [task.id, "end"], answer: task.id } });
    }
  } while (!search.finished);
  return asked.filter(({ kind }) => kind === "roll-out");
}

const shareFromRoot = (tasks: Task[]) => tasks.filter(({ node }) => node === "0").length / tasks.length;

test("goes wider where new roll-outs do better, deeper where continued ones do", () => {
  const share = (valueAt: (depth: number) => number) =>
    shareFromRoot(play(adaptiveMcts({ rollouts: 100, depth: 9, seed: 1 }), valueAt));
  expect(share((depth) => (depth === 0 ? 0.9 : 0.1))).toBeGreaterThan(0.8);
  expect(share((depth) => (depth === 0 ? 0.1 : 0.9))).toBeLessThan(0.2);
});

test("a node may have any number of children, and every way stays possible", () => {
  const tasks = play(adaptiveMcts({ rollouts: 200, depth: 9, seed: 2 }), () => 0.5);
  const share = shareFromRoot(tasks);
  expect(share).toBeGreaterThan(0.05);
  expect(share).toBeLessThan(0.95);
});

test("draws the same with the same seed and otherwise with another", () => {
  const draws = (seed: number) =>
    play(adaptiveMcts({ rollouts: 40, depth: 9, seed }), () => 0.5, 4).map(({ id }) => id);
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
});

test("many in flight make no way look better or worse", () => {
  const share = (slots: number) => {
    const tasks = [1, 2, 3, 4].flatMap((seed) =>
      play(adaptiveMcts({ rollouts: 120, depth: 9, seed }), (depth) => (depth === 0 ? 0.8 : 0.3), slots),
    );
    return shareFromRoot(tasks);
  };
  expect(Math.abs(share(8) - share(1))).toBeLessThan(0.15);
});
