import { setImmediate as nextTurn } from "node:timers/promises";
import { BudgetExhaustedError } from "../models/budget.ts";
import type { Recorder } from "../runs/recorder.ts";
import { messageOf } from "../thought/errors.ts";
import type { Task } from "../thought/event.ts";
import type { TreeNode } from "../thought/tree.ts";
import { failedWork, withLoggedFailures } from "./failed-work.ts";
import { InFlight } from "./in-flight.ts";
import type { Search, TaskResult } from "./search.ts";

/** The finished work of one task. */
export interface TaskDone {
  result: TaskResult;
  /** Gives back what the work reserved of the budget beyond its use. Called once, just before the result is told. */
  settle(): void;
}

/** Work that needs a further round of calls, which has to begin at a moment that does not depend on what arrived first. */
export interface TaskUnfinished {
  /** Begins the next round. Called once, when all is told that has to be told before this task. */
  again(): Promise<TaskDone | TaskUnfinished>;
}

/** How a search is driven. */
export interface DriveOptions {
  /** Most tasks asked for and not yet told, at least 1. */
  slots: number;
  /**
   * `arrival` tells results as they come. `asked` tells them in the order in which they were asked for, a result
   * that has to wait keeping its slot: then the same results lead to the same events, whatever arrives first.
   */
  order: "arrival" | "asked";
  recorder: Recorder;
  /** Ends the drive: what `drive` throws is the signal's reason. Whoever works watches the same signal. */
  signal: AbortSignal;
  /**
   * Does tasks: one promise a task, in the same order. Called once for everything that may start at one moment, so
   * that proposals below one node can share a request. A rejection is a failed task, but for
   * {@link BudgetExhaustedError}.
   *
   * @param unneeded fires when the search has finished: what is still under way is not needed any more
   */
  work(tasks: readonly Task[], unneeded: AbortSignal): Promise<TaskDone | TaskUnfinished>[];
}

/** How a drive ended. */
export interface Drive {
  /** The search's best leaf, also when it had to stop early. */
  best: TreeNode | undefined;
  /** `stalled`: the search is not finished, yet asks for nothing and awaits nothing. */
  ended: "finished" | "budget" | "stalled";
  /** The message of the newest failed task: what a caller without an answer has to say. */
  lastFailure?: string | undefined;
}

/** Tells between two moments at which timers and sockets get their turn, when work needs no waiting. */
const TELLS_A_TURN = 256;

/** A logged task comes at the second offer between two tells at the latest, and the first may be of before. */
const MOST_OFFERS = 2;

/**
 * Runs any search to its end: asks for tasks, has them done, tells the results, and logs each of these.
 *
 * A failed task is told as failed and is no end. A task that the budget does not reach while others hold
 * reservations waits until one of them has settled; the budget is exhausted when it does not reach a task that is
 * alone in flight. Then nothing more is asked for. A search that finishes while tasks are in flight needs them no
 * more, and they are cancelled.
 *
 * While the recorder retraces a log, results are told in the logged order.
 */
export async function drive(search: Search, options: DriveOptions): Promise<Drive> {
  const { slots, order, recorder, signal } = options;
  const unneeded = new AbortController();
  const work = withLoggedFailures((tasks) => options.work(tasks, unneeded.signal), recorder);
  const flight = new InFlight();
  /** Tasks that the budget did not reach, to be offered again. */
  let held: Task[] = [];
  /** How often a held task was offered again because the log tells it next. */
  const insisted = new Map<string, number>();
  let exhausted = false;
  let tells = 0;
  let lastFailure: string | undefined;

  function offer(tasks: readonly Task[]): void {
    const alone = tasks.length === 1 && flight.size === 0;
    for (const [index, promise] of work(tasks).entries()) {
      const task = tasks[index];
      if (task !== undefined) flight.add(task, alone, promise);
    }
  }

  function offerAgain(): void {
    const tasks = held;
    held = [];
    if (tasks.length > 0) offer(tasks);
  }

  /**
   * Makes way for the task that the log tells next. What the budget refused before it is held, as it was when the log
   * was written. Where the budget refuses the task itself, it is offered again: its work is logged and paid for. When the
   * log was written nothing else was in flight by then, so whatever else the budget refused is held as well.
   */
  async function makeWay(id: string): Promise<void> {
    if (order === "asked" && flight.oldest !== id) {
      await nextTurn();
      held.push(...flight.takeFailedBefore(id, isRefusal));
    }
    const at = held.findIndex((task) => task.id === id);
    const times = insisted.get(id) ?? 0;
    if (at === -1 || times === MOST_OFFERS) return;
    insisted.set(id, times + 1);
    offer(held.splice(at, 1));
  }

  function ask(): void {
    const free = slots - flight.size - held.length;
    if (free <= 0) return;
    const tasks = search.ask(free);
    if (tasks.length === 0) return;
    recorder.emit({ type: "tasks-asked", slots: free, tasks });
    offer(tasks);
  }

  function tell({ result, settle }: TaskDone): void {
    settle();
    const task = result.task.id;
    if (result.outcome === "failed") {
      lastFailure = result.error;
      recorder.emit({ type: "task-told", task, outcome: "failed", error: result.error });
    } else {
      recorder.emit({ type: "task-told", task, outcome: "done" });
    }
    for (const change of search.tell(result)) recorder.emit(change);
  }

  /** Which task to wait for; undefined for whichever comes first. */
  function awaited(): string | undefined {
    const logged = recorder.expected();
    if (logged?.type === "task-told" && flight.has(logged.task)) return logged.task;
    return order === "asked" ? flight.oldest : undefined;
  }

  const wake = () => flight.wake();
  signal.addEventListener("abort", wake);
  try {
    signal.throwIfAborted();
    ask();
    while (!search.finished) {
      let logged = recorder.expected();
      if (!exhausted && logged?.type === "budget-exhausted") {
        recorder.emit(logged);
        exhausted = true;
        logged = recorder.expected();
      }
      if (exhausted) {
        held = [];
        // What the log does not tell behind the end of the budget did not come in time.
        if (logged !== undefined && logged.type !== "task-told") break;
      }
      if (logged?.type === "task-told") await makeWay(logged.task);
      if (flight.size === 0) {
        const [first, ...others] = held;
        if (first === undefined) break;
        held = others;
        offer([first]);
      }

      const { task, alone, outcome } = await flight.take(awaited(), signal);
      if ("error" in outcome && isRefusal(outcome.error)) {
        if (exhausted) continue;
        held.push(task);
        if (!alone) continue;
        const { limit, allowed } = outcome.error;
        recorder.emit({ type: "budget-exhausted", limit, allowed });
        exhausted = true;
        continue;
      }
      tell("done" in outcome ? outcome.done : failedWork(task, messageOf(outcome.error)));
      tells++;
      if (tells % TELLS_A_TURN === 0) await nextTurn();
      signal.throwIfAborted();
      if (!exhausted) {
        offerAgain();
        ask();
      }
    }
  } finally {
    signal.removeEventListener("abort", wake);
    if (search.finished && flight.size > 0) unneeded.abort(new Error("not needed any more"));
  }
  const ended = search.finished ? "finished" : exhausted ? "budget" : "stalled";
  return { best: search.best(), ended, lastFailure };
}

function isRefusal(error: unknown): error is BudgetExhaustedError {
  return error instanceof BudgetExhaustedError;
}
