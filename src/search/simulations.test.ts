import { expect, test } from "vitest";
import type { Task } from "../thought/event.ts";
import { type MazeWorld, mazeResult } from "./maze-world.ts";
import { playSearch } from "./play-search.ts";
import type { Search } from "./search.ts";
import { type Place, type SimulationOptions, simulate } from "./simulations.ts";

const maze: MazeWorld = { seed: 1, width: 2, depth: 3 };
const usual: SimulationOptions = { rollouts: 12, depth: 10 };
const wider = () => undefined;
const deeper = (_place: Place, [first]: readonly Place[]) => first;

/** Plays in waves: all that is in flight comes back at one moment. Gives the tasks of each wave. */
function playInWaves(search: Search, slots: number): Task[][] {
  const waves: Task[][] = [];
  while (!search.finished) {
    const wave: Task[] = [];
    for (let more = search.ask(slots); more.length > 0; more = search.ask(slots - wave.length)) {
      wave.push(...more);
      if (wave.length === slots) break;
    }
    if (wave.length === 0) throw new Error("the search has stalled");
    waves.push(wave);
    for (const task of wave) search.tell(mazeResult(task, search.tree, maze));
  }
  return waves;
}

test.each([
  [12, 4],
  [12, 5],
  [7, 16],
  [9, 1],
])("%d simulations in %d slots take no more waves than they must", (rollouts, slots) => {
  for (const select of [wider, deeper]) {
    const waves = playInWaves(simulate({ ...usual, rollouts }, select), slots);
    const tasks = waves.flat();
    expect(tasks.filter(({ kind }) => kind === "roll-out")).toHaveLength(rollouts);
    // A simulation is a roll-out and its score.
    expect(tasks).toHaveLength(2 * rollouts);
    expect(waves.length).toBeLessThanOrEqual(2 * Math.ceil(rollouts / slots));
  }
});

test("roll-outs from one place stand together, so that they can share a request", () => {
  let turn = 0;
  const search = simulate({ ...usual, rollouts: 20 }, (_place, [first]) =>
    turn++ % 2 === 0 ? first : undefined,
  );
  for (let tasks = search.ask(8); tasks.length > 0; tasks = search.ask(8)) {
    const nodes = tasks.filter(({ kind }) => kind === "roll-out").map(({ node }) => node);
    expect(nodes.filter((node, index) => node !== nodes[index - 1])).toHaveLength(new Set(nodes).size);
    for (const task of tasks) search.tell(mazeResult(task, search.tree, maze));
  }
});

test("thoughts that begin alike share their way, and each value is backed up along the whole of it", () => {
  const proposals = {
    "0.0": { steps: ["a", "b"], answer: "1" },
    "0.1": { steps: ["a", "c"], answer: "2" },
    "0.2": { steps: ["b"], answer: "3" },
  };
  const scores = { "0.0/1": 1, "0.1/1": 0.5, "0.2": 0.25 };
  let root: Place | undefined;
  const search = simulate({ ...usual, rollouts: 4 }, (place) => {
    root ??= place;
    return undefined;
  });
  playSearch(search, { proposals: { ...proposals, "0.3": { steps: ["lost"] } }, scores }, 1);
  expect(root?.all).toEqual({ visits: 4, total: 1.75, pending: 0 });
  expect(root?.wider).toEqual(root?.all);
  expect(root?.deeper).toEqual({ visits: 0, total: 0, pending: 0 });
  expect(
    [...(root?.children.values() ?? [])].map(({ node, all }) => [node.id, all.visits, all.total]),
  ).toEqual([
    ["0.0", 2, 1.5],
    ["0.2", 1, 0.25],
    ["0.3", 1, 0],
  ]);
});

test("a simulation that failed, or whose score failed, counts for nothing", () => {
  let root: Place | undefined;
  const search = simulate({ ...usual, rollouts: 4 }, (place) => {
    root ??= place;
    return undefined;
  });
  const proposals = Object.fromEntries(
    ["0.0", "0.1", "0.2", "0.3"].map((id) => [id, { steps: [id, "end"], answer: id }]),
  );
  const failures = ["0.1", "0.2/1:score"];
  playSearch(search, { proposals, scores: { "0.0/1": 0.5, "0.3/1": 0.25 }, failures }, 1);
  expect(root?.all).toEqual({ visits: 2, total: 0.75, pending: 0 });
  expect(search.finished).toBe(true);
  expect(search.best()?.id).toBe("0.0/1");
});

test("the answer with the highest total score is best, not the one lucky thought", () => {
  const answers = ["7", "8", "7", "7"];
  const proposals = Object.fromEntries(answers.map((answer, n) => [`0.${n}`, { steps: [`s${n}`], answer }]));
  const scores = { "0.0": 0.5, "0.1": 0.9, "0.2": 0.6, "0.3": 0.5 };
  const search = simulate({ ...usual, rollouts: 4 }, wider);
  playSearch(search, { proposals, scores });
  expect(search.best()?.id).toBe("0.2");
});

test("an answer that is good enough ends it, though others agree more", () => {
  const answers = ["7", "7", "8"];
  const proposals = Object.fromEntries(answers.map((answer, n) => [`0.${n}`, { steps: [`s${n}`], answer }]));
  const scores = { "0.0": 0.9, "0.1": 0.9, "0.2": 1 };
  const search = simulate({ ...usual, rollouts: 50, goodEnough: 1 }, wider);
  const { asked } = playSearch(search, { proposals, scores }, 1);
  expect(asked).toHaveLength(6);
  expect(search.best()?.id).toBe("0.2");
});

test("ended early, it waits for what is in flight unless it may cancel", () => {
  for (const cancels of [false, true]) {
    const search = simulate({ ...usual, rollouts: 50, goodEnough: 1, cancels }, wider);
    const [first, second] = search.ask(2);
    if (first === undefined || second === undefined) throw new Error("two tasks were due");
    search.tell({ task: first, outcome: "proposed", proposal: { steps: ["a"], answer: "7" } });
    const [score] = search.ask(1);
    if (score === undefined) throw new Error("a score was due");
    search.tell({ task: score, outcome: "scored", score: { value: 1, by: "test" } });
    expect(search.ask(2)).toEqual([]);
    expect(search.finished).toBe(cancels);
    if (cancels) continue;
    search.tell({ task: second, outcome: "failed", error: "gone" });
    expect(search.finished).toBe(true);
  }
});

test("does not continue an answered thought, nor one as deep as allowed", () => {
  const asked: (readonly Place[])[] = [];
  const search = simulate({ ...usual, rollouts: 30, depth: 2 }, (_place, open) => {
    asked.push(open);
    return open[0];
  });
  playInWaves(search, 1);
  for (const { node } of asked.flat()) {
    expect(node.answer).toBeUndefined();
    expect(node.depth).toBeLessThan(2);
  }
});
