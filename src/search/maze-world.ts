import type { Task } from "../thought/event.ts";
import { Random } from "../thought/random.ts";
import { stepsTo, type Tree } from "../thought/tree.ts";
import type { TaskResult } from "./search.ts";

/** A maze for the tests of searches: some doors in a row, one of them right each time, all taken by luck. */
export interface MazeWorld {
  seed: number;
  /** Doors to choose from. */
  width: number;
  /** Doors to go through. */
  depth: number;
}

/** What comes of a task: a way to the end from where the thought stands, or the part of its doors that are right. */
export function mazeResult(task: Task, tree: Tree, { seed, width, depth }: MazeWorld): TaskResult {
  const taken = stepsTo(tree.get(task.node));
  if (task.kind === "score") {
    const right = taken.filter((door) => door === "0").length;
    return { task, outcome: "scored", score: { value: right / depth, by: "maze" } };
  }
  const random = new Random(`${seed}/${task.id}`);
  const steps = Array.from({ length: depth - taken.length }, () => String(random.integer(0, width - 1)));
  return { task, outcome: "proposed", proposal: { steps, answer: [...taken, ...steps].join("") } };
}
