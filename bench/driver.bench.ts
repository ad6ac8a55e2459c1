import { setTimeout as sleep } from "node:timers/promises";
import { beam } from "../src/search/beam.ts";
import { bestOfN } from "../src/search/best-of-n.ts";
import { type DriveOptions, drive, type TaskDone } from "../src/search/driver.ts";
import type { Search } from "../src/search/search.ts";
import type { EventBody, Task } from "../src/thought/event.ts";
import { calibrate } from "./calibration.ts";

const instantTasks = 100_000;
const slots = 16;
const delayMs = 20;

/** Drives a search without a log; counts tasks and events. */
async function time(search: Search, order: DriveOptions["order"], delay: number) {
  let events = 0;
  let tasks = 0;
  const recorder = {
    retracing: false,
    elapsedBeforeMs: 0,
    emit(_body: EventBody) {
      events++;
    },
    expected: () => undefined,
    loggedFailure: () => undefined,
    loggedSample: () => undefined,
  };
  const work = (asked: readonly Task[]) => {
    tasks += asked.length;
    return asked.map((task) => done(task, delay));
  };
  const { signal } = new AbortController();
  const start = performance.now();
  await drive(search, { slots, order, recorder, signal, work });
  return { ms: performance.now() - start, events, tasks };
}

async function done(task: Task, delay: number): Promise<TaskDone> {
  if (delay > 0) await sleep(delay);
  const settle = () => {};
  if (task.kind === "score") {
    return { result: { task, outcome: "scored", score: { value: 0.5, by: "bench" } }, settle };
  }
  const answer = task.kind === "roll-out" ? "7" : undefined;
  return { result: { task, outcome: "proposed", proposal: { steps: [task.id], answer } }, settle };
}

/** A search without a tree, so that what is left is the driver's own time. */
function countdown(total: number): Search {
  const { tree } = bestOfN({ samples: 0, score: false });
  let asked = 0;
  let told = 0;
  return {
    tree,
    get finished() {
      return told === total;
    },
    ask(free) {
      const count = Math.min(free, total - asked);
      const first = asked;
      asked += count;
      return Array.from({ length: count }, (_, index) => ({
        id: `0.${first + index}`,
        kind: "roll-out",
        node: "0",
      }));
    },
    tell() {
      told++;
      return [];
    },
    best: () => undefined,
  };
}

console.log(`calibration loop ${calibrate().toFixed(0)} ms`);

console.log(`\nwork that is done at once, ${slots} slots`);
for (const order of ["arrival", "asked"] as const) {
  for (const [name, search] of [
    ["driver alone", countdown(instantTasks)],
    ["best of n", bestOfN({ samples: instantTasks, score: false })],
  ] as const) {
    const { ms, events, tasks } = await time(search, order, 0);
    const microseconds = ((ms * 1000) / tasks).toFixed(2);
    const perSecond = Math.round((events / ms) * 1000).toLocaleString("en");
    console.log(`${name}, ${order}: ${tasks} tasks, ${microseconds} µs a task, ${perSecond} events/s`);
  }
}

console.log(`\nwork that takes ${delayMs} ms, ${slots} slots: time over the shortest possible`);
for (const order of ["arrival", "asked"] as const) {
  const flat = await time(countdown(320), order, delayMs);
  console.log(`320 tasks side by side, ${order}: ${(flat.ms / ((320 / slots) * delayMs)).toFixed(3)}`);
  // Four proposals a node and four nodes kept fill the slots: a level is one wave of proposals and one of scores.
  const levels = 8;
  const deep = await time(beam({ width: 4, keep: 4, depth: levels }), order, delayMs);
  console.log(`beam 4 x 4, ${levels} levels, ${order}: ${(deep.ms / (2 * levels * delayMs)).toFixed(3)}`);
}
