import type { Task } from "../thought/event.ts";
import type { TaskDone, TaskUnfinished } from "./driver.ts";

/** A task whose work came back, or failed. */
export interface Landed {
  task: Task;
  /** True when it was offered while nothing else was in flight. */
  alone: boolean;
  /** What came of it: the finished work, or what its promise was rejected with. */
  outcome: { done: TaskDone } | { error: unknown };
}

/** The same, or work that has to go on when it is the task's turn. */
interface Landing extends Omit<Landed, "outcome"> {
  outcome: { done: TaskDone | TaskUnfinished } | { error: unknown };
}

/**
 * The tasks that are being worked on. It knows the order in which they were offered and the order in which they
 * came back, and lets one waiter take them out by either.
 */
export class InFlight {
  /** In the order offered. */
  readonly #offered = new Set<string>();
  /** In the order of arrival. */
  readonly #landed = new Map<string, Landing>();
  #wake: () => void = () => {};

  /** Tasks offered and not yet taken out. */
  get size(): number {
    return this.#offered.size;
  }

  /** True while the task is offered and not yet taken out. */
  has(id: string): boolean {
    return this.#offered.has(id);
  }

  /** The task that was offered before all others still here. */
  get oldest(): string | undefined {
    return this.#offered.values().next().value;
  }

  /** Takes in a task and the promise of its work; a rejection is kept as what came of it. */
  add(task: Task, alone: boolean, work: Promise<TaskDone | TaskUnfinished>): void {
    this.#offered.add(task.id);
    const land = (outcome: Landing["outcome"]) => {
      this.#landed.set(task.id, { task, alone, outcome });
      this.#wake();
    };
    work.then(
      (done) => land({ done }),
      (error: unknown) => land({ error }),
    );
  }

  /** Takes out the tasks offered before `id`, all where it is not there, whose work came back with an error of this kind. */
  takeFailedBefore(id: string, isKind: (error: unknown) => boolean): Task[] {
    const taken: Task[] = [];
    for (const earlier of this.#offered) {
      if (earlier === id) break;
      const landed = this.#landed.get(earlier);
      if (landed !== undefined && "error" in landed.outcome && isKind(landed.outcome.error))
        taken.push(landed.task);
    }
    for (const task of taken) {
      this.#landed.delete(task.id);
      this.#offered.delete(task.id);
    }
    return taken;
  }

  /** Makes a waiting {@link take} look again, so that it sees an abort. */
  wake(): void {
    this.#wake();
  }

  /**
   * Waits for a task and takes it out. Work that is unfinished when its turn has come goes on, and keeps its place.
   *
   * @param id which one; undefined takes whichever comes first
   * @throws the signal's reason as soon as {@link wake} is called after an abort
   */
  async take(id: string | undefined, signal: AbortSignal): Promise<Landed> {
    for (;;) {
      signal.throwIfAborted();
      const key = id ?? this.#landed.keys().next().value;
      const landed = key === undefined ? undefined : this.#landed.get(key);
      if (landed !== undefined) {
        const { task, alone, outcome } = landed;
        this.#landed.delete(task.id);
        if ("done" in outcome) {
          const { done } = outcome;
          if ("again" in done) {
            this.add(task, alone, done.again());
            continue;
          }
          this.#offered.delete(task.id);
          return { task, alone, outcome: { done } };
        }
        this.#offered.delete(task.id);
        return { task, alone, outcome };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
