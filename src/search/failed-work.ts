import type { Recorder } from "../runs/recorder.ts";
import type { Task } from "../thought/event.ts";
import type { TaskDone, TaskUnfinished } from "./driver.ts";

/** The work of a task that failed, with the reason on one line. It holds nothing of the budget. */
export function failedWork(task: Task, error: string): TaskDone {
  return { result: { task, outcome: "failed", error }, settle() {} };
}

/** `work`, except that a task which the log holds as failed fails again with the same words instead of being run. */
export function withLoggedFailures(
  work: (tasks: readonly Task[]) => Promise<TaskDone | TaskUnfinished>[],
  recorder: Recorder,
): (tasks: readonly Task[]) => Promise<TaskDone | TaskUnfinished>[] {
  return (tasks) => {
    const failures = tasks.map(({ id }) => recorder.loggedFailure(id));
    const others = tasks.filter((_, index) => failures[index] === undefined);
    const promises = others.length === 0 ? [] : work(others);
    if (promises.length !== others.length) throw new RangeError("work has to give one promise for each task");
    const begun = promises.values();
    return tasks.flatMap((task, index) => {
      const failure = failures[index];
      if (failure !== undefined) return Promise.resolve(failedWork(task, failure.error ?? "failed"));
      return begun.next().value ?? [];
    });
  };
}
