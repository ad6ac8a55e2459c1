import { expect, test } from "vitest";
import { BudgetExhaustedError } from "../models/budget.ts";
import type { EventBody, Task } from "../thought/event.ts";
import { bestOfN } from "./best-of-n.ts";
import { type DriveOptions, drive, type TaskDone } from "./driver.ts";
import { MemoryRecorder } from "./memory-recorder.ts";

/** Work that a test ends by hand. */
class Bench {
  /** The ids of each batch, in the order in which they were offered. */
  readonly batches: string[][] = [];
  readonly settled: string[] = [];
  readonly #waiting = new Map<
    string,
    { task: Task; resolve(done: TaskDone): void; reject(error: unknown): void }
  >();

  /** Ids that are being worked on. */
  get busy(): string[] {
    return [...this.#waiting.keys()];
  }

  readonly work = (tasks: readonly Task[]): Promise<TaskDone>[] => {
    this.batches.push(tasks.map(({ id }) => id));
    return tasks.map(
      (task) => new Promise((resolve, reject) => this.#waiting.set(task.id, { task, resolve, reject })),
    );
  };

  async finish(id: string, answer = id): Promise<void> {
    const { task, resolve } = this.#take(id);
    const proposal = { steps: [`step of ${id}`], answer };
    resolve({ result: { task, outcome: "proposed", proposal }, settle: () => this.settled.push(id) });
    await turn();
  }

  async fail(id: string, error: unknown): Promise<void> {
    this.#take(id).reject(error);
    await turn();
  }

  #take(id: string) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) throw new Error(`nobody works on ${id}`);
    this.#waiting.delete(id);
    return waiting;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Starts to drive best-of-n over a bench. */
function start(samples: number, options: Partial<DriveOptions> & { logged?: EventBody[] } = {}) {
  const bench = new Bench();
  const recorder = new MemoryRecorder(options.logged);
  const stop = new AbortController();
  const ended = drive(bestOfN({ samples, score: false }), {
    slots: 16,
    order: "arrival",
    recorder,
    signal: stop.signal,
    work: bench.work,
    ...options,
  });
  ended.catch(() => {});
  return { bench, recorder, stop, ended };
}

/** The ids of the told tasks, in order; failed ones with a mark. */
function told(events: readonly EventBody[]): string[] {
  return events.flatMap((event) =>
    event.type === "task-told" ? `${event.task}${event.outcome === "failed" ? " failed" : ""}` : [],
  );
}

const used = new BudgetExhaustedError("tokens", 100);

test("offers all that may start at one moment as one batch", async () => {
  const { bench } = start(5, { slots: 3 });
  expect(bench.batches).toEqual([["0.0", "0.1", "0.2"]]);
});

test("tells results as they arrive", async () => {
  const { bench, recorder, ended } = start(3);
  for (const id of ["0.2", "0.0", "0.1"]) await bench.finish(id);
  await ended;
  expect(told(recorder.events)).toEqual(["0.2", "0.0", "0.1"]);
});

test("tells results in the order asked, and lets a result that waits keep its slot", async () => {
  const { bench, recorder, ended } = start(4, { slots: 2, order: "asked" });
  await bench.finish("0.1");
  expect(told(recorder.events)).toEqual([]);
  expect(bench.busy).toEqual(["0.0"]);
  await bench.finish("0.0");
  expect(told(recorder.events)).toEqual(["0.0", "0.1"]);
  expect(bench.busy).toEqual(["0.2", "0.3"]);
  await bench.finish("0.3");
  await bench.finish("0.2");
  await ended;
  expect(told(recorder.events)).toEqual(["0.0", "0.1", "0.2", "0.3"]);
});

test("settles a result, then logs that it is told, then logs what it changed", async () => {
  const { bench, recorder, ended } = start(1);
  const emit = recorder.emit.bind(recorder);
  recorder.emit = (body) => {
    if (body.type === "task-told") expect(bench.settled).toEqual(["0.0"]);
    emit(body);
  };
  await bench.finish("0.0", "7");
  expect(await ended).toMatchObject({ ended: "finished", best: { id: "0.0", answer: "7" } });
  expect(recorder.events).toEqual([
    { type: "tasks-asked", slots: 16, tasks: [{ id: "0.0", kind: "roll-out", node: "0" }] },
    { type: "task-told", task: "0.0", outcome: "done" },
    { type: "step-added", node: "0.0", parent: "0", text: "step of 0.0" },
    { type: "answer-proposed", node: "0.0", answer: "7" },
  ]);
});

test("tells rejected work as a failed task with a message of one line, and goes on", async () => {
  const { bench, recorder, ended } = start(2);
  await bench.fail("0.0", new Error("the server\n  hung up"));
  await bench.finish("0.1", "7");
  expect(await ended).toMatchObject({
    ended: "finished",
    best: { answer: "7" },
    lastFailure: "the server hung up",
  });
  expect(recorder.events[1]).toEqual({
    type: "task-told",
    task: "0.0",
    outcome: "failed",
    error: "the server hung up",
  });
});

test("does not run a task again that the log holds as failed", async () => {
  const logged: EventBody[] = [
    {
      type: "tasks-asked",
      slots: 16,
      tasks: ["0.0", "0.1"].map((id) => ({ id, kind: "roll-out", node: "0" })),
    },
    { type: "task-told", task: "0.1", outcome: "failed", error: "gone" },
  ];
  const { bench, recorder, ended } = start(2, { logged });
  await turn();
  expect(bench.batches).toEqual([["0.0"]]);
  await bench.finish("0.0");
  await ended;
  expect(told(recorder.events)).toEqual(["0.1 failed", "0.0"]);
});

test.each(["arrival", "asked"] as const)(
  "waits for the logged task while it retraces, in order %s",
  async (order) => {
    const first = start(3, { order });
    for (const id of ["0.0", "0.2", "0.1"]) await first.bench.finish(id);
    await first.ended;
    const logged = first.recorder.events.slice(0, -1);
    const { bench, recorder, ended } = start(3, { order, logged });
    for (const id of ["0.1", "0.2"]) await bench.finish(id);
    expect(told(recorder.events)).toEqual([]);
    await bench.finish("0.0");
    await ended;
    expect(recorder.events).toEqual(first.recorder.events);
  },
);

test("offers a task again that the budget did not reach, once another one has settled", async () => {
  const { bench, recorder, ended } = start(3);
  await bench.fail("0.1", used);
  await bench.fail("0.2", used);
  expect(bench.busy).toEqual(["0.0"]);
  await bench.finish("0.0");
  expect(bench.batches).toEqual([
    ["0.0", "0.1", "0.2"],
    ["0.1", "0.2"],
  ]);
  await bench.finish("0.1");
  await bench.finish("0.2");
  expect(await ended).toMatchObject({ ended: "finished" });
  expect(recorder.events.some(({ type }) => type === "budget-exhausted")).toBe(false);
});

test("offers held tasks one by one when the budget does not reach them together", async () => {
  const { bench, ended } = start(2);
  for (const id of ["0.0", "0.1"]) await bench.fail(id, used);
  expect(bench.busy).toEqual(["0.0"]);
  await bench.finish("0.0");
  await bench.finish("0.1");
  expect(await ended).toMatchObject({ ended: "finished" });
});

test("ends when the budget does not reach a task that is alone in flight, and tells what still comes", async () => {
  const { bench, recorder, ended } = start(9, { slots: 2 });
  await bench.fail("0.1", used);
  await bench.finish("0.0");
  expect(bench.batches.slice(1)).toEqual([["0.1"], ["0.2"]]);
  await bench.fail("0.1", used);
  await bench.finish("0.2", "7");
  expect(await ended).toMatchObject({ ended: "budget", best: { answer: "0.0" } });
  expect(told(recorder.events)).toEqual(["0.0", "0.2"]);
  const exhausted = recorder.events.filter(({ type }) => type === "budget-exhausted");
  expect(exhausted).toEqual([{ type: "budget-exhausted", limit: "tokens", allowed: 100 }]);
  expect(bench.busy).toEqual([]);
});

test("stops where the log says that the budget was exhausted", async () => {
  const first = start(3, { slots: 1 });
  await first.bench.finish("0.0", "7");
  await first.bench.fail("0.1", used);
  expect(await first.ended).toMatchObject({ ended: "budget" });
  const { bench, recorder, ended } = start(3, { slots: 1, logged: first.recorder.events });
  await bench.finish("0.0", "7");
  await bench.fail("0.1", used);
  expect(await ended).toMatchObject({ ended: "budget", best: { answer: "7" } });
  expect(recorder.events).toEqual(first.recorder.events);
});

test("throws the reason of an abort at once and emits nothing more", async () => {
  const { bench, recorder, stop, ended } = start(2);
  await bench.finish("0.0");
  const before = recorder.events.length;
  stop.abort(new Error("stopped by the user"));
  await expect(ended).rejects.toThrow("stopped by the user");
  await bench.finish("0.1");
  expect(recorder.events).toHaveLength(before);
});

test("starts nothing when it is aborted beforehand", async () => {
  const bench = new Bench();
  await expect(
    start(2, { signal: AbortSignal.abort(new Error("no")), work: bench.work }).ended,
  ).rejects.toThrow("no");
  expect(bench.batches).toEqual([]);
});

test("sees an abort although its work never waits", async () => {
  const instant = (tasks: readonly Task[]) =>
    tasks.map(
      async (task): Promise<TaskDone> => ({
        result: { task, outcome: "proposed", proposal: { steps: ["x"] } },
        settle() {},
      }),
    );
  const { stop, ended, recorder } = start(20_000, { work: instant });
  setImmediate(() => stop.abort(new Error("stopped")));
  await expect(ended).rejects.toThrow("stopped");
  expect(told(recorder.events).length).toBeLessThan(1_000);
});

test("says so when a search is not finished and yet awaits nothing", async () => {
  const search = { ...bestOfN({ samples: 1, score: false }), finished: false, ask: () => [] };
  const { signal } = new AbortController();
  const recorder = new MemoryRecorder();
  const work = new Bench().work;
  const { ended } = await drive(search, { slots: 4, order: "arrival", recorder, signal, work });
  expect(ended).toBe("stalled");
});

test("passes on what the recorder refuses, such as a log of another run", async () => {
  const { ended } = start(1, { logged: [{ type: "warning-raised", text: "of another run" }] });
  await expect(ended).rejects.toThrow("of another run");
});
